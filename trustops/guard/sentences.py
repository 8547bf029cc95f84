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
    "Spanish": """
        lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio
        julio agosto septiembre octubre noviembre diciembre primavera verano otono invierno
    """,
    "French": """
        lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin
        juillet aout septembre octobre novembre decembre printemps ete automne hiver
    """,
    "Italian": """
        lunedi martedi mercoledi giovedi venerdi sabato domenica gennaio febbraio marzo aprile
        maggio giugno luglio agosto settembre ottobre novembre dicembre primavera estate autunno
        inverno
    """,
    "Portuguese": """
        segunda terca quarta quinta sexta sabado domingo janeiro fevereiro marco abril maio junho
        julho agosto setembro outubro novembro dezembro primavera verao outono inverno
    """,
    "Czech": """
        pondeli utery streda ctvrtek patek sobota nedele leden unor brezen duben kveten cerven
        cervenec srpen zari rijen listopad prosinec jaro leto podzim zima
    """,
    "Japanese": """
        げつようび かようび すいようび もくようび きんようび どようび にちようび はる なつ あき ふゆ
        あさ ひる よる きのう きょう あした
    """,
    "Korean": """
        월요일 화요일 수요일 목요일 금요일 토요일 일요일 봄 여름 가을 겨울 아침 점심 저녁 오전 오후
        오늘 내일 어제 모레
    """,
}
"""Words that may stand on the list and that sentences, or the steps of a how-to, are full of.

In other languages than English the days and months, which people write in rows.
"""

TECHNICAL = """
    true text result error state success response action memory source object output display version
    service program random index record agent
"""
"""Words of the English list that listings of code, manuals and logs are full of."""

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
    指定 檔案 选项 命令 字符 選項 输出 模式 格式 目录 輸出 用程 列表 默认 执行 名稱 参数 定的 指令
    目錄 表示 大小 名称 執行 預設 退出 用的 字元 件的 變數 分支 效的 分隔 修改 區塊 符串 字串 操作
    字节 忽略 的值 组件 位置 參數 而不 当前 务器 打印 的字 有效 返回 据库 用者 而非 索引 最大 平均
    用了 变量 限制 用于 您可 表达 达式 设定 引用 面的 的目 作为 运行 的文 回傳 自动 列出 除非 符号
    进程 式的 路径 函数 警告 的安 命名 数字 描述 的数 同时 件名 新的 出状 对象 编码 读取 覆盖 序列
    行的 可用 的最 说明 启用 失效 變更 件包 不可 的行 目标 同的 权限 生成 用法 的全 定了 无效 讀取
    进制 日志 击者 通常 信号 字段 的檔 位元 情境 它们 符合 对应 会话 案的 類別 件中 范围 符號 此區
    利用 更多 的列 任务 则为 多个 的所 保留 以是 的密 自動 束狀 果您 准输 或是 为真 架构 資訊 元組
    數字 的格 出的 的方 印出 移除 该块 引數 翻譯 翻译 的输 隔符 準輸 弱点 个字 找到 添加 全的 类别
    群組 視窗 用安 类別 参考 文字 置为 更改 行程 路徑 完全 令的 认为 流程 映射 整性 無效 案中 檔名
    進位 属性 的一 确保 的命 對應 產生 不当 标签 入的 注意 到的 用指 取消 排序 事件 的選 服器 條目
    不安 因素 写入 要的 接受 非使 下文 下列 的内 重复 随机 内存 覆蓋 安装 类似 型的 本的 本地 也可
    每一 按照 远程 的信 的指 提示 代理 的名 主机 条件 禁用 空白 空格 异常 的应 整數 訊號 获取 的组
    的选 缺少 调用 两个 表中 上下 的位 以使 恢复 资源 和本 窗口 物件 场景 缺陷 动化 时使 况下 名的
    数的 备份 代表 取得 堆疊 作為 问控 生率 报告 替换 启动 不支 前的 果指 加入 果没 通用 的第 后面
    构建 在的 不受 冲突 的分 的资 客户 框架 規格 证应 特殊 以在 偏移 加上 换行 压缩 推送 已知 允許
    內建 的資 停用 來源 这种 中使 至少 考虑 依赖 即使 登录 正在 关闭 复制 增加 式中 合并 识别 必要
    說明 啟用 數值 遠端 威胁 标记 形式 示的 用时 下一 有指 有者 关键 级别 户端 外部 類似 屬性 函數
    數的 編碼 目標 参见 长度 需求 想要 的更 名字 停止 第三 果使 行符 编号 但不 个文 不使 强制 重命
    现的 套用 後面 出檔 參考 透過 者可 全设 分数 的用 标识 新版 指向 脚本 及其 尝试 解析 录的 检测
    行为 号链 性的 宽度 语言 原始 次数 变更 产生 令牌 发人 用於 設為 定檔 均加 目的 要在 的程 序的
    文本 化的 造成 程中 会被 的版 补全 的工 置的 只有 的地 境变 考文 的大 置文 证书 受信 不足 同時
    的訊 應的 列印 的數 元件 用性 超过 转换 其它 令行 带有 否则 具有 供应 移量 改变 代替 也不 求值
    最多 的符 制失 经过 者的 传输 部块 轉換 寫入 套件 開頭 做為 傳成 等於 入檔 表達 達式 衝突 部區
    料中 适用 有关 外的 它的 扩展 供的 用此 号分 只能 能在 量的 应的 格的 十六 之一 反斜 最低 在此
    能是 初始 并不 可信 呼叫 標記 設值 編號 告警 弱點 详细 请使 避免 能被 本身 直接 的状 本中 移动
    主要 给出 起始 后一 等于 的每 出一 果不 活动 中找 入文 自由 并在 附加 持续 的日 大的 角色 基于
    集群 清單 多個 別的 源檔 全控 感数 证是 这样 有可 的设 能的 整的 最新 变化 上一 在这 以用 的参
    唯一 算符 管道 列的 数组 将被 同步 示例 都有 计算 某些 拒绝 作区 空间 是在 凭据 响应 組件 否則
    個檔 資源 動作 境變 新命 渗透 恶意 机制 请参 户的 运算 是以 器的 个类 了无 关系 被设 出所 规则
    认值 取的 未指 缺失 转义 设为 含有 的编 或更 修复 哈希 实施 設的 史記 識別 的變 則會 將會 果沒
    嘗試 請參 审查 容易 透测 任的 暴露 有用 字母 一种 确定 您想 简单 许可 的多 省略 二进 以通 在本
    下载 不带 动作 在一 单位 值的 明符 正常 节数 用不 个输 用量 的空 触发 过期 的新 中被 制的 列化
    裝置 會被 個字 的內 欄位 權限 下載 暫存 监控 入式 加权 的软 给定 项的 来自 缓存 理器 特定 建议
    将其 找不 已被 的代 加到 成为 回成 每次 的任 不在 码的 视为 每行 数值 查找 已存 不包 一致 一行
    重定 继续 性和 被忽 得到 本文 跳过 示此 表符 中有 关的 这一 多的 下面 一起 生的 用该 最小 许多
    的翻 计划 仓库 在索 编译 适当 所需 理不 份验 机数 料的 這是 兩個 斜線 號連 離開 取代 值為 了無
    示式 指派 後一 單位 登入 案系 应到 感信 上游 值为 以指 一部 件是 成的 理程 语法 的情 结构 求的
    那么 隔的 存的 注释 内部 建的 风格 定位 义的 获得 超时 到第 所指 入到 可使 分割 排除 的访 关注
    预期 不完 在不 查看 本次 值有 加速 放大 以防 总数 新增 定為 錄列 大於 作區 证器 固件 式攻 擊者
    可利 户名 据的 意味 未知 是由 基本 遇到 多信 的变 尚未 足的 的可 终止 保存 息的 哪些 赋值 编辑
    则返 解释 式输 的路 一般 缓冲 白字 制表 任一 要使 颜色 一列 何时 的重 分的 算法 线程 不存 周期
    找出 有其 块和 中后 共享 尺寸 器端 群集 項或 後的 內部 都會 開啟 的參 繼續 的使 這樣 備份 標檔
    個類 次數 塊和 本檔 中後 存此 的應 生命 试的 证所 部署 预防 未经 盖率 应链 有任 的保 保证 或其
    兼容 尾的 许的 来的 普通 位于 解决 搜索 样的 等价 标志 的系 统计 受的 行一 为一 顺序 可重 总是
    整个 认的 末尾 境中 调试 追加 配的 汇编 大多 空字 准的 以外 指示 或多 件系 的解 最高 填充 示不
    希望 的自 法律 另一 保持 合的 式字 能有 支名 区中 暂存 度的 常见 收集 安裝 不帶 順序 的輸 會在
    移動 關閉 位數 長度 領域 本庫 檢視
"""
"""Everyday words of two signs, of support and of prose at large, and neighbours of manuals.

Lots hardly ever make one: of 2048 signs, one in some three thousand neighbours is on the list.
"""
