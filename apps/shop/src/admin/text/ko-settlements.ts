/** What the back office says in Korean of the settlements of payment providers. */
export const settlementWords = {
  settlements: {
    title: '정산 대사',
    tab: '정산 대사',
    intro:
      '결제사가 준 정산 파일(CSV)을 올리면 장부와 양쪽으로 맞추어 봅니다. 같은 줄은 여러 번 올려도 한 번만 셉니다.',
    provider: '결제사',
    providers: {
      sandbox: '연습 결제',
      toss: '토스페이먼츠',
      stripe: 'Stripe',
      paypal: 'PayPal',
      portone: '포트원',
    } as Readonly<Record<string, string>>,
    file: '정산 파일',
    fileHint:
      '거래번호, 구분(결제·취소·차지백·수수료·지급), 주문번호(결제사에 보낸 결제 번호), 금액, 거래일시 칸이 있어야 합니다. 나가는 돈은 음수로 적혀 있어도 됩니다.',
    read: '올리고 맞추기',
    missing: (columns: string) => `파일에 이 칸이 없습니다: ${columns}`,
    columns: { rowId: '거래번호', kind: '구분', reference: '주문번호', amount: '금액', at: '거래일시' } as Readonly<
      Record<string, string>
    >,
    result: { added: '새로 읽은 줄', known: '전에 읽은 줄', refused: '읽지 못한 줄', open: '맞지 않는 거래' },
    agrees: '장부와 정산이 서로 맞습니다.',
    differs: '장부와 정산이 다른 거래가 있습니다. 아래에서 확인해 주세요.',
    changed: (rows: string) => `전에 읽었을 때와 내용이 다른 줄이 있습니다. 결제사에 확인해 주세요: ${rows}`,
    line: (line: number, reason: string) => `${line}번째 줄: ${reason}`,
    reasons: {
      columns: '칸이 제목보다 많습니다.',
      kind: '구분을 알 수 없습니다.',
      date: '거래일시를 읽을 수 없습니다.',
      amount: '금액을 읽을 수 없습니다.',
      row: '거래번호나 주문번호가 없거나 너무 깁니다.',
    },
    totals: '결제사가 갖고 있어야 할 돈',
    here: '장부',
    there: '정산',
    difference: '차이',
    parts: { open: '확인할 것', explained: '까닭을 적은 것', outside: '이 기간 밖의 거래' },
    exceptions: '맞지 않는 거래',
    explainedTab: '정리한 거래',
    kinds: { capture: '결제', refund: '환불', chargeback: '차지백' },
    found: {
      missing_here: '정산에는 있는데 장부에는 없습니다.',
      missing_there: '장부에는 있는데 정산에는 없습니다.',
      other_amount: '장부와 정산의 금액이 다릅니다.',
    },
    order: '주문',
    reference: '결제 번호',
    since: '찾은 때',
    why: '왜 다른가요?',
    whyHint: '결제사와 확인한 내용을 적어 주세요. 금액이 또 달라지면 다시 나옵니다.',
    explain: '까닭 적기',
    resolution: '정리한 내용',
    matched: '금액이 맞게 되었습니다.',
    none: { open: '맞지 않는 거래가 없습니다', resolved: '정리한 거래가 없습니다' },
    noneText: {
      open: '정산 파일을 올렸을 때 장부와 다른 거래가 있으면 여기에 나옵니다.',
      resolved: '까닭을 적었거나 금액이 맞게 된 거래가 여기에 남습니다.',
    },
    done: { explained: '까닭을 적었습니다.' } as Readonly<Record<string, string>>,
  },
}
