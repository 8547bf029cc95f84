"""Headers of every answer: pages, JSON, files, redirects and errors alike."""

from __future__ import annotations

from flask import Flask, Response, request

from trustops.settings import Settings

_SOURCES = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _SOURCES.items())
"""Nothing from elsewhere, nothing inline, no frame around us."""

_DENIED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: forms would then send `Origin: null`, and the check of where a form
    # comes from could not tell our own pages from a sandboxed frame.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
    "X-Frame-Options": "DENY",
}

HSTS = "max-age=31536000"
"""One year, for this host alone; a subdomain may belong to somebody else."""

_UNLISTED = ("/desk", "/support/t/", "/support/confirm/")


def install(app: Flask, settings: Settings) -> None:
    """Set the headers on every answer. Installed first, so that it runs last."""

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if settings.secure:
            response.headers["Strict-Transport-Security"] = HSTS
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        if request.path.startswith(_UNLISTED):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
