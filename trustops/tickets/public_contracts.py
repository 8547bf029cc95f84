"""Addresses of contracts and programs that everybody uses, so that none is a holder's. Pure.

What explorers show beside a transfer gets copied for the wallet. The list holds what stands in
many transfers; each address is published by whoever runs it (Solana's documentation of native
programs and sysvars, SPL, Metaplex, Jupiter and Raydium; the Ethereum execution specification,
the OP Stack's predeploys, Circle, Tether, Uniswap, Multicall3, ERC-4337).
"""

from __future__ import annotations

import re

_SPELLED = frozenset(
    {
        "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
        "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
        "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
        "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
        "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
        "So11111111111111111111111111111111111111112",
        "metaqbxxUerdq28cj1RbAWkYQm3ybzjb6a8bt518x1s",
        "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4",
        "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8",
        "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
        "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
        "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
        "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
        "0xdac17f958d2ee523a2206206994597c13d831ec7",
        "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913",
        "0x000000000022d473030f116ddee9f6b43ac78ba3",
        "0xca11bde05977b3631167028862be2a173976ca11",
        "0x5ff137d4b0fdcd49dca30c7cf57e578a026d2789",
        "0x0000000071727de22e5e9d8baf0edac6f37da032",
    }
)
_OF_THE_CHAIN = re.compile(
    r"[1-9A-HJ-NP-Za-km-z]+1{10,}[1-9A-HJ-NP-Za-km-z]?"  # native programs and sysvars of Solana
    r"|0x0{36}[0-9a-f]{4}"  # precompiled contracts of the EVM
    r"|0x42000000000000000000000000000000000000[0-9a-f]{2}"  # predeploys of the OP Stack
)


def is_public_contract(spelling: str) -> bool:
    """Whether an address in its one spelling is of a contract or program that is nobody's."""
    return spelling in _SPELLED or _OF_THE_CHAIN.fullmatch(spelling) is not None
