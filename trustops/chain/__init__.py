"""The chain room: migration packs, and what their chains say of a migration and of a wallet.

`packs` reads the files, `sync` the events, `totals` the sums at one block, `wallets` one holder.
A read that failed says so; it is never shown as nothing. web3 is imported where it is used.
"""
