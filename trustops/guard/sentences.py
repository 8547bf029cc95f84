"""Words that sentences have, by language: what numbers, joins and fills, and the steps of a how-to.

Kept apart from the lists: whether a word stands on one is worked out in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping

LABELS = """
    and three four five seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    st nd rd th ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii
    xxiv first second word words then nr num li ol ul td tr br div span
    a b c d e f g h i j k l m n o p q r s t u v w x y z
"""
"""What people put beside a word to number it or to join it to the next."""

FOREIGN_LABELS = """
    et und oder
    uno dos tres cuatro cinco seis siete ocho nueve diez doce primera segunda tercera
    un deux trois quatre cinq sept huit neuf dix onze douze premier deuxieme troisieme
    due tre quattro sei sette otto nove dieci undici dodici primo secondo terzo
    um dois quatro sete oito dez onze doze
    jedna dva tri ctyri pet sest sedm osm devet deset
    と や つぎ つぎに そして それから 番目 ばんめ 그리고 와 과 및 다음 번 번째
"""
"""The same in the other languages of the lists, unless it may be the beginning of a list word."""

_ENGLISH = """
    the to of is in my an it its or for with on at by from as be was were are am been being not no
    do does did don doesn didn isn wasn aren couldn wouldn shouldn haven hasn hadn won ll re ve so
    but if when which who whom whose why how their his her our your them him me us we he she had has
    having would could should may might than too some up out per via yes hi dear please thanks
    thank these those here after until while both each every between without within under during
    since because upon once however therefore still yet got get gets getting went goes going
    said says know knows think thought want wants wanted need needs tried trying told really
    im ive dont cant didnt doesnt
"""

PROSE: Mapping[str, str] = {
    "English": _ENGLISH,
    "Spanish": """
        el la los las un una unos unas de del al en con por para sin sobre entre hasta desde que
        como cuando donde porque si no ni ya muy mas pero sino se le lo les me te nos mi mis tu tus
        su sus este esta estos estas ese esa eso esto es son era fue ser estar estoy esta estan he
        ha han hay habia tengo tiene quiero puedo puede hola gracias favor
    """,
    "French": """
        le la les un une des de du au aux en dans avec par pour sans sur sous entre vers chez que
        qui quoi dont ou quand comment pourquoi si ne pas plus mais donc car ni se ce cet cette ces
        je tu il elle on nous vous ils elles me te lui leur mon ma mes ton ta tes son sa ses notre
        votre est sont etait ete etre ai as avons avez ont avait fait bonjour merci
    """,
    "Italian": """
        il lo la gli le un una uno di del della dei delle al alla ai alle in nel nella con per su
        sul sulla tra fra da dal dalla che chi cui come quando dove perche se non ne gia piu ma mi
        ti ci vi si mio mia miei tuo suo sua questo questa questi quello e sono era stato essere ho
        ha hanno abbiamo posso puo ciao grazie
    """,
    "Portuguese": """
        o os as um uma uns umas de do da dos das no na nos nas em com por para sem sobre entre ate
        que como quando onde porque se nao nem ja muito mais mas ou me te lhe meu minha meus seu sua
        seus este esta esse essa isso isto e sao era foi ser estar estou esta tenho tem ha posso
        pode ola obrigado
    """,
    "Czech": """
        na ve do od po pro pri za ze ke se si je jsem jsi jsou byl byla bylo byt mam ma mate to ta
        ten tento toto tato ktery ktera ktere co kdo kdy kde jak proc ale nebo ani kdyz aby uz
        jeste jen by ne ano muj moje vas vase nas jejich ho mu mi dobry den dekuji prosim
    """,
    "Japanese": """
        は が を に で の も へ から まで より です ます でした ました ません する した して いる
        ある ない この その あの これ それ ため ので のに だけ など
    """,
    "Korean": """
        은 는 이 가 을 를 의 에 에서 으로 로 도 만 그 저 이것 그것 제 내 있습니다 없습니다 합니다
        했습니다 입니다 하는 있는 없는 것 수 때 후 전
    """,
}
"""Words of sentences, where they are not on the list of their language."""

COMMON: Mapping[str, str] = {
    "English": """
        you that this have they one all there can what about use will other then like into two more
        first now over only little very just where before any same also around must such because
        again off know make time way find want when since three still another nothing used need
        help please thank tell ask say give good later people day own
        token old address page swap exchange claim bridge network account wallet ticket window fee
        gas pool amount balance answer question message list name number step confirm open close
        wait check update connect base change call transfer support error
        approve choose click enter select sign submit type return finish review switch option
        screen code copy move add install scan next icon phone coin remove menu top bottom spend
        slide device deposit unlock allow limit custom test view search report problem issue
        market profile withdraw transfer browser review maximum
    """,
}
"""Words that may stand on the list and that sentences, or the steps of a how-to, are full of."""

CHINESE_CUES = (
    "助记 助記 种子 種子 恢复短 恢復短 恢复词 恢復詞 私钥 私鑰 mnemonic seed recovery phrase"
)
"""What somebody says who is about to write a phrase down in Chinese."""

CHINESE_NUMERALS = frozenset("一二三四五六七八九十百千零〇")
"""The signs of numbers."""

CHINESE_PAIRS = """
    我们 你们 他们 我們 你們 他們 可以 没有 沒有 不是 一个 一個 这个 這個 那个 那個 什么 什麼 怎么
    怎麼 如何 如果 因为 因為 所以 但是 还是 還是 或者 以及 已经 已經 现在 現在 时候 時候 时间 時間
    今天 昨天 明天 上午 下午 晚上 小时 小時 分钟 分鐘 月份 年前 之前 之后 之後 以前 以后 以後 以下
    以上 其他 其中 所有 任何 每个 每個 自己 大家 是否 不会 不會 不能 不要 需要 必须 必須 应该 應該
    可能 能够 能夠 允许 使用 应用 應用 进行 進行 通过 通過 提供 包括 包含 例如 由于 由於 关于 關於
    对于 對於 根据 根據 为了 為了 问题 問題 请问 請問 谢谢 謝謝 感谢 感謝 帮助 幫助 帮忙 幫忙 告诉
    告訴 知道 觉得 觉的 覺得 看到 收到 发现 發現 发生 發生 显示 顯示 出现 出現 无法 無法 失败 失敗
    成功 错误 錯誤 正确 正確 确认 確認 钱包 錢包 地址 代币 代幣 旧币 新币 舊幣 新幣 迁移 遷移 合约
    合約 交易 转账 轉賬 轉帳 余额 餘額 资产 資產 网络 網絡 網路 链上 鏈上 跨链 跨鏈 主网 主網 手续
    手續 续费 續費 授权 授權 连接 連接 签名 簽名 助记 助記 记词 記詞 私钥 私鑰 密码 密碼 账户 賬戶
    帳戶 账号 賬號 帳號 用户 用戶 客服 官方 网站 網站 链接 鏈接 連結 页面 頁面 打开 打開 点击 點擊
    选择 選擇 输入 輸入 等待 完成 提交 申请 申請 领取 領取 兑换 兌換 购买 購買 卖出 賣出 价格 價格
    数量 數量 金额 金額 快照 截止 日期 公告 消息 信息 訊息 资料 資料 数据 數據 系统 系統 服务 服務
    管理 安全 保护 保護 控制 检查 檢查 测试 測試 验证 驗證 认证 認證 程序 程式 代码 代碼 文件 文档
    文檔 版本 更新 升级 升級 设置 設置 設定 配置 开发 開發 功能 方式 方法 情况 情況 结果 結果 原因
    影响 影響 重要 相关 相關 不同 相同 标准 標準 要求 记录 記錄 存储 儲存 访问 訪問 存取 攻击 攻擊
    风险 風險 漏洞 防止 处理 處理 支持 支援 项目 項目 工具 技术 技術 软件 軟體 设备 設備 手机 手機
    电脑 電腦 浏览 瀏覽 人员 人員 身份 环境 環境 状态 狀態 过程 過程 请求 請求 发送 發送 接收 回复
    回覆 答复 工单 工單 团队 團隊 社区 社區 持有 平台 平臺 的话 的話 是一 有一 的时 的時 也是 都是
    就是 只是 还有 還有 不知 这些 這些 那些 一些 一样 一樣 一下 一直 一次 第一 第二 最后 最後 开始
    開始 结束 結束 重新 再次 仍然 目前 最近 刚才 剛才 后来 後來 之间 之間 中的 上的 的人 有的 了一
    不到 没收 沒收 到了 好的 您好 你好 请你 請你 请您 請您 你的 我的 他的 您的 们的 們的 任意 全部
    部分 存在 导致 導致 创建 創建 建立 定义 定義 类型 類型 内容 內容 实现 實現 设计 設計 业务 業務
    分析 逻辑 加密 密钥 密鑰 敏感 信任 完整 注入 因此 并且 並且 而且 然后 然後 组织 組織 学习 学生
    工作 公司 中国 生活 社会 社會 国家 國家 世界 经济 經濟 政府 发展 發展 历史 歷史 文化 研究 教育
    市场 市場 产品 產品
"""
"""Everyday words of two signs, of support and of prose at large: lots hardly ever make one."""
