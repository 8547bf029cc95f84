"""The tickets of the demo: what holders ask during a migration. All invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What happened so many hours after the ticket came: answer, held, note, wrote or a status.

    `held` is an answer that names what the signed list does not, and waits for a lead.
    """

    hours: float
    act: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One ticket: how many hours ago it came, what it says, and what happened since.

    `wallet` is the role of a holder on the demo's chain (`demo.chain.world.ROLES`), so that the
    ticket carries what the chain says of that holder.
    """

    hours_ago: float
    topic: str
    subject: str
    message: str
    wallet: str = ""
    locale: str = "en"
    priority: str = "normal"
    owner: str = ""
    trapped: bool = False
    by_agent: bool = False
    steps: tuple[Step, ...] = ()


STORIES: tuple[Story, ...] = (
    Story(
        61,
        "exchange",
        "Exchange says it is finished, my balance says otherwise",
        "I held the old token on an exchange at the snapshot and never moved it. They say the swap "
        "is complete, but I see nothing new. Whom do I have to ask, them or you?",
        steps=(Step(58, "note", "Third ticket about this exchange since Monday."),),
    ),
    Story(
        50.5,
        "not-eligible",
        "0 eligible after moving to a new wallet",
        "The page shows 0 for me. I moved everything to a hardware wallet a week ago. The wallet "
        "that holds my old tokens is below. What do I have to do?",
        wallet="untouched",
        priority="high",
    ),
    Story(
        49,
        "transaction",
        "Failed transaction, fee was taken",
        "The claim failed with an error about the maximum amount. The fee is gone and the tokens "
        "are still the old ones.",
        wallet="partial",
        owner="agent",
        steps=(
            Step(
                48.7,
                "answer",
                "We are sorry that this answer comes late. The error means that the amount "
                "was more than this wallet still holds: a part was migrated before. What is "
                "left is untouched. Please do not try again with another site.",
            ),
        ),
    ),
    Story(
        46.4,
        "late",
        "I was in hospital and did nothing yet",
        "I only came back to this now. I still hold all of my old tokens. Please tell me honestly "
        "whether it is too late.",
        wallet="untouched",
    ),
    Story(
        45.1,
        "transaction",
        "Sent my tokens to the contract, nothing arrived",
        "I sent a third of my old tokens straight to the migrator from the page. The transaction "
        "is final. Nothing arrived.",
        wallet="sent-directly",
        owner="lead",
    ),
    Story(
        38.2,
        "not-eligible",
        "Approved, and now?",
        "I signed the approval yesterday. Nothing happened since then, and my wallet still shows "
        "the old tokens.",
        wallet="approved",
    ),
    Story(
        26,
        "other",
        "마이그레이션이 정말 끝났나요?",
        "보유한 토큰을 아직 옮기지 못했습니다. 공식 주소를 알려 주세요. "
        "거래소 공지는 서로 다릅니다.",
        locale="ko",
    ),
    Story(
        19,
        "scam",
        "Somebody from support wrote to me first",
        "A person with your logo wrote to me ten minutes after I asked in the public channel. They "
        "want me to validate my wallet on a site. I did not click. Is it you?",
        priority="urgent",
        owner="agent",
        steps=(
            Step(
                2,
                "answer",
                "No, that was not us. Nobody of us writes to you first. Please do not answer and "
                "do not open the site. If you signed or typed anything there, tell us right away.",
            ),
            Step(5, "wrote", "Thank you. I did not sign anything. I sent a report of the account."),
        ),
    ),
    Story(
        14,
        "other",
        "迁移窗口结束后还能兑换吗",
        "我一直持有旧代币,现在才看到公告。请问还有办法吗?请告诉我官方链接。",
        locale="zh-Hans",
    ),
    Story(
        9,
        "transaction",
        "Simulation fails when I press Max",
        "With Max the wallet says that the simulation failed. With a round number it does not. "
        "I stopped, to be safe.",
        wallet="approved",
        owner="agent",
        steps=(
            Step(
                8.9,
                "held",
                "You did well to stop. Others follow their swap at https://swaps.example.net, "
                "which shows each step and why it failed. We look at yours meanwhile.",
            ),
        ),
    ),
    Story(
        6,
        "exchange",
        "Withdrawal suspended since the announcement",
        "Deposits and withdrawals are suspended. Their page says to wait for the project. What did "
        "you tell them, and when?",
        owner="agent",
        steps=(
            Step(3, "answer", "We have asked them for a date in writing and will tell you here."),
        ),
    ),
    Story(
        3,
        "bridge",
        "Which address is the new token?",
        "I find three different addresses in three places. Which one is it, and where can I check "
        "that myself?",
    ),
    Story(
        0.4,
        "not-eligible",
        "Card wallet cannot connect to the portal",
        "My wallet is a card without a screen. The portal does not find it. Is there another way "
        "that does not ask for any words?",
    ),
    Story(
        40,
        "late",
        "Please close, found the answer on the page",
        "I asked whether the window is over.",
        steps=(Step(4, "requester_closed"),),
    ),
    Story(
        72,
        "transaction",
        "Tokens arrived after all",
        "The new tokens did not show in my wallet.",
        wallet="migrated",
        owner="lead",
        steps=(
            Step(11, "answer", "The transfer is final; the wallet does not list the token yet."),
            Step(12, "wrote", "I see them now. Thank you."),
            Step(13, "solved"),
        ),
    ),
    Story(
        12,
        "other",
        "Promote your token today",
        "We list your token on two hundred sites for a small fee.",
        trapped=True,
    ),
    Story(
        8,
        "other",
        "Best recovery team",
        "We can get everything back for a fee. Write to us.",
        trapped=True,
        steps=(Step(1, "spam"),),
    ),
    Story(
        5,
        "exchange",
        "Asked by telephone about an exchange deposit",
        "Opened for a holder who asked in the public channel; they will write here themselves.",
        by_agent=True,
    ),
)

ARRIVALS: tuple[Story, ...] = (
    Story(
        0,
        "late",
        "Until when is the window open?",
        "I read two different dates. Which one is right, and is there an exception for anybody?",
    ),
    Story(
        0,
        "not-eligible",
        "Shows less than I expected",
        "The portal shows about a sixth of what I had. Is that the ratio or an error?",
        wallet="partial",
    ),
    Story(
        0,
        "scam",
        "Is this site yours?",
        "A friend sent me a link with the word migrate in it. It looks like yours but the name is "
        "a little different.",
        priority="high",
    ),
    Story(
        0,
        "bridge",
        "How long does it take?",
        "It has been forty minutes. The approval is confirmed.",
        wallet="approved",
    ),
    Story(
        0,
        "transaction",
        "Not enough gas",
        "The wallet says that I have too little for the fee. I changed nothing.",
        wallet="untouched",
    ),
    Story(
        0,
        "other",
        "공식 공지는 어디에 있나요?",
        "여러 채널의 내용이 서로 다릅니다. 한 곳에서 확인할 수 있는 페이지가 있나요?",
        locale="ko",
    ),
)
