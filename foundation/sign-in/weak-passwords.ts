/** What guessers try first in Vietnam and in a hospital. Compared without accents, case, and the digits and signs around. */
const CONTEXT = new Set(
  `password passwort passw0rd pass word admin administrator root user guest test testing welcome login letmein letmeinnow
  changeme changemenow master superman batman football baseball monkey dragon shadow sunshine princess iloveyou trustno
  qwerty qwertyuiop qwertyui qwertyqwerty asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qwerasdf zaqwsx
  abc abcd abcdef abcdefg abcdefgh abcabc aaaaaa hello helloworld secret secretpassword default computer internet
  correcthorsebatterystaple thisisapassword mypassword passwordpassword passphrase newpassword
  matkhau matkhaumoi matkhaucuatoi matkhaumatkhau matkhaubenhvien doimatkhau quantri quantrivien nguoidung khach
  benhvien benhvienbinhan bacsi bacsy dieuduong duocsi yta yte boyte khoakham khoacapcuu capcuu hosobenhan benhan nhanvien
  anhyeuem emyeuanh yeuem yeuanh anhnhoem emnhoanh toiyeuban iloveu tinhyeu yeu maiyeu mottinhyeu
  khongbiet khongco khongquen khongnoi hanhphuc thanhcong giadinh conyeu mevacon bome chame
  vietnam vietnamvodich saigon hanoi hanoivn danang hochiminh tphcm haiphong cantho hue vietcong
  nguyenvana tranvanb levanc nguyenvan nguyenthi lanh lanhlanh
  thanhpho congan chinhphu bhxh bhyt baohiemyte baohiemxahoi
  spring summer autumn winter january february march april june july august september october november december
  muaxuan muahe muathu muadong thang nam`.split(/\s+/),
)

let published: ReadonlySet<string> | null = null

/** 49,000 passwords of breaches, the most used first; read when the first password is chosen. */
async function publishedPasswords(): Promise<ReadonlySet<string>> {
  if (published === null) {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    published = new Set(dictionary['passwords-common'])
  }
  return published
}

/** Rows of keys and counting, in both directions; eight in a row of one of these are no secret. */
const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
]

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '')

const unLeet = (text: string): string => text.replace(/[0134570@$]/g, (sign) => LEET[sign] ?? sign)

const isRun = (text: string): boolean =>
  RUNS.some((run) => run.includes(text) || run.includes([...text].toReversed().join('')))

/** The shortest piece that, repeated, gives the text: `abcabcabc` says no more than `abc`. */
function pieceOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text) {
      return text.slice(0, length)
    }
  }
  return text
}

/** Words of names that a password may not be made of. */
const wordsOf = (who: readonly string[]): readonly string[] =>
  who.flatMap((name) => [letters(plain(name)), ...plain(name).split(/[^\p{L}\d]+/u)]).filter((word) => word.length >= 3)

/** @param who login and names of its owner */
export async function isWeak(password: string, who: readonly string[]): Promise<boolean> {
  const folded = plain(password)
  const piece = pieceOf(folded)
  if (piece.length < 4 || new Set(folded).size < 4 || isRun(piece)) return true
  const common = await publishedPasswords()
  const readings = [folded, letters(folded), letters(unLeet(folded)), pieceOf(letters(folded))]
  if (readings.some((reading) => CONTEXT.has(reading) || common.has(reading))) return true
  // What is left without the owner's names must still be a password.
  const left = wordsOf(who)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ''), folded)
  return left !== folded && left.length < 8
}
