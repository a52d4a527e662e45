import type { Workshop } from './make.ts'

/** The pottery in Yeoju. */
export const pottery: Workshop = {
  maker: { ko: '살강살림 도자 공방 (경기 여주)', en: 'Salgang Pottery, Yeoju' },
  care: {
    ko: '전자레인지와 식기세척기를 쓸 수 있습니다. 직화와 오븐, 갑작스러운 온도 변화는 피해 주세요.',
    en: 'Microwave and dishwasher safe. Keep away from open flame, ovens and sudden changes of temperature.',
  },
}

/** The weaving room in Gongju. */
export const weaving: Workshop = {
  maker: { ko: '살강살림 직조실 (충남 공주)', en: 'Salgang Weaving Room, Gongju' },
  care: {
    ko: '30도 물에 중성세제로 빨아 그늘에서 말립니다. 섬유유연제는 물을 먹는 힘을 떨어뜨립니다.',
    en: 'Wash at 30°C with mild detergent and dry in the shade. Fabric softener makes it absorb less.',
  },
}

/** The sewing room in Seoul. */
export const sewing: Workshop = {
  maker: { ko: '살강살림 바느질방 (서울 성북)', en: 'Salgang Sewing Room, Seongbuk, Seoul' },
  care: {
    ko: '처음 한두 번은 따로 빨아 주세요. 물이 조금 빠질 수 있습니다. 중간 온도로 다립니다.',
    en: 'Wash separately the first time or two, as a little color may run. Iron at medium heat.',
  },
}

/** The woodshop in Wonju. */
export const woodshop: Workshop = {
  maker: { ko: '살강살림 목공실 (강원 원주)', en: 'Salgang Woodshop, Wonju' },
  care: {
    ko: '젖은 채 두지 말고 마른 천으로 닦습니다. 일 년에 한두 번 기름을 먹이면 오래갑니다.',
    en: 'Wipe dry and do not leave wet. Oil once or twice a year and it will outlast the house.',
  },
}

/** The paper and bookbinding room in Jeonju. */
export const bindery: Workshop = {
  maker: { ko: '살강살림 종이방 (전북 전주)', en: 'Salgang Paper Room, Jeonju' },
  care: {
    ko: '습기와 직사광선을 피해 보관합니다. 한지는 시간이 지나면 조금 노르스름해집니다.',
    en: 'Keep out of damp and direct sun. Hanji paper yellows slightly with the years.',
  },
}

/** The scent room in Gurye. */
export const scentRoom: Workshop = {
  maker: { ko: '살강살림 향방 (전남 구례)', en: 'Salgang Scent Room, Gurye' },
  care: {
    ko: '불을 켠 채 자리를 비우지 마세요. 커튼과 종이에서 멀리, 아이와 반려동물의 손이 닿지 않는 곳에서 씁니다.',
    en: 'Never leave a flame unattended. Use away from curtains and paper, out of reach of children and pets.',
  },
}

/** The pantry kitchen in Gurye. */
export const pantryKitchen = { ko: '살강살림 찬방 (전남 구례)', en: 'Salgang Pantry Kitchen, Gurye' } as const
