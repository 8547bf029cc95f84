"""The checks of `trustops doctor`: each looks at one thing and says what to do about it."""
