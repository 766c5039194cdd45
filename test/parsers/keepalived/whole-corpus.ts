/** Every configuration that is compared with the program: from the schema, edited carelessly, small samples, fixtures. */
import { mutate, randomOf, type Sample, samplesOfSchema } from './corpus.ts'
import { configurationsOfFixtures } from './fixture-confs.ts'
import { SAMPLES } from './samples.ts'

/** The same texts on every run; LVSDOCTOR_DIFFERENTIAL=all: all that the schema gives, not an even part of them. */
export function wholeCorpus(): Sample[] {
  const all = samplesOfSchema()
  const some = process.env.LVSDOCTOR_DIFFERENTIAL === 'all' ? all : all.filter((_, index) => index % 7 === 3)
  const random = randomOf(2026)
  const edited = Array.from({ length: 200 }, (_, index) => ({
    name: `careless edit ${index}`,
    text: mutate(all[random(all.length)]?.text ?? '', random),
  }))
  const samples = Object.entries(SAMPLES).map(([name, text]) => ({ name, text }))
  return [...some, ...edited, ...samples, ...configurationsOfFixtures()]
}
