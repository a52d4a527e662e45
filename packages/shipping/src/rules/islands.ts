import type { PostcodeRange } from '../contract.ts'

const range = (from: string, to: string, name: string): PostcodeRange => ({ from, to, name })

/** All of Jeju, with Udo and Chuja. */
export const jeju: readonly PostcodeRange[] = [range('63000', '63644', '제주특별자치도')]

/**
 * Islands other than Jeju that carriers reach by ship, by their five-digit postcodes (in force since 2015-08-01). Source:
 * the table of extra-charge areas that Korean shop builders preload, as published by imweb (help article 71671); its
 * misprint 28826 is 58826 here. 54000 (Gunsan, Okdo) is left out: it is shared with islands that have a road, and the Fair
 * Trade Commission found charging those a deception (2025-10-07; E-Commerce Act, article 21 (1) 1). Other ranges may hold
 * such islands too, and carriers differ: name what yours does not charge for in the `except` of an area.
 */
export const remoteIslands: readonly PostcodeRange[] = [
  range('22386', '22388', '인천 중구 섬'),
  range('23004', '23010', '인천 강화 섬'),
  range('23100', '23116', '인천 옹진 섬'),
  range('23124', '23136', '인천 옹진 섬'),
  range('31708', '31708', '충남 당진 섬'),
  range('32133', '32133', '충남 태안 섬'),
  range('33411', '33411', '충남 보령 섬'),
  range('40200', '40240', '경북 울릉도·독도'),
  range('46768', '46771', '부산 강서 섬'),
  range('52570', '52571', '경남 사천 섬'),
  range('53031', '53033', '경남 통영 섬'),
  range('53089', '53104', '경남 통영 섬'),
  range('56347', '56349', '전북 부안 섬'),
  range('57068', '57069', '전남 영광 섬'),
  range('58760', '58762', '전남 목포 섬'),
  range('58800', '58810', '전남 신안 섬'),
  range('58816', '58818', '전남 신안 섬'),
  range('58826', '58826', '전남 신안 섬'),
  range('58828', '58866', '전남 신안 섬'),
  range('58953', '58958', '전남 진도 섬'),
  range('59102', '59103', '전남 완도 섬'),
  range('59106', '59106', '전남 완도 섬'),
  range('59127', '59127', '전남 완도 섬'),
  range('59129', '59129', '전남 완도 섬'),
  range('59137', '59166', '전남 완도 섬'),
  range('59650', '59650', '전남 여수 섬'),
  range('59766', '59766', '전남 여수 섬'),
  range('59781', '59790', '전남 여수 섬'),
]

/** Jeju and the other islands together: the usual area of the Korean surcharge. */
export const koreanIslands: PostcodeRange[] = [...jeju, ...remoteIslands]
