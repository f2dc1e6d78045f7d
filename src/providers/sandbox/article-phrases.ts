/** What the sandbox needs to write an article in one language. */
export interface ArticlePhrases {
  readonly locale: string;
  /** Between sentences. */
  readonly space: string;
  title(topic: string): string;
  summary(topic: string): string;
  heading(keyword: string, number: number): string;
  sentence(keyword: string, index: number): string;
}

interface Texts {
  readonly title: string;
  readonly summary: string;
  readonly headings: readonly string[];
  readonly sentences: readonly string[];
  readonly space?: string;
}

const LANGUAGES: Readonly<Record<string, Texts>> = {
  en: {
    title: '{}: a practical guide',
    summary:
      '{} explained: what it is, how to begin, and what to watch for. A sample text written by the offline sandbox.',
    headings: ['What {} means', 'How to begin with {}', 'Common questions about {}', '{} in daily work'],
    sentences: [
      'This text about {} was written by the offline sandbox and stands where a model’s article will be.',
      'Most people meet {} first through a small and concrete need.',
      'A good start with {} is a clear goal, a short plan and an honest look at the result.',
      'Whoever compares two ways of handling {} should write down what each one costs.',
      'Experience shows that {} rewards patience more than haste.',
      'In the end {} is worth as much as it helps the people who use it.',
    ],
  },
  de: {
    title: '{}: ein praktischer Leitfaden',
    summary:
      '{} einfach erklärt: was es ist, wie man beginnt und worauf man achtet. Ein Beispieltext der Offline-Sandbox.',
    headings: ['Was {} bedeutet', 'Der Einstieg in {}', 'Häufige Fragen zu {}', '{} im Alltag'],
    sentences: [
      'Dieser Text über {} stammt aus der Offline-Sandbox und steht dort, wo später der Artikel eines Modells steht.',
      'Die meisten begegnen dem Thema {} zuerst durch einen kleinen, ganz konkreten Bedarf.',
      'Ein guter Anfang mit {} besteht aus einem klaren Ziel, einem kurzen Plan und einem ehrlichen Blick auf das Ergebnis.',
      'Wer zwei Wege zu {} vergleicht, sollte für jeden die Kosten notieren.',
      'Die Erfahrung zeigt, dass {} Geduld mehr belohnt als Eile.',
      'Am Ende ist {} so viel wert, wie es den Menschen hilft, die damit arbeiten.',
    ],
  },
  fa: {
    title: '{}: راهنمای کاربردی',
    summary: '{} به زبان ساده: چیست، چگونه آغاز کنیم و به چه نکته‌هایی توجه کنیم. متن نمونه از محیط آزمایشی آفلاین.',
    headings: ['{} یعنی چه', 'چگونه با {} آغاز کنیم', 'پرسش‌های رایج دربارهٔ {}', '{} در کار روزانه'],
    sentences: [
      'این متن دربارهٔ {} را محیط آزمایشی آفلاین نوشته است و جای مقالهٔ یک مدل واقعی را نگه می‌دارد.',
      'بیشتر مردم نخستین بار با یک نیاز کوچک و مشخص با {} آشنا می‌شوند.',
      'شروع خوب با {} یک هدف روشن، یک برنامهٔ کوتاه و نگاهی صادقانه به نتیجه است.',
      'هر کس دو روش را برای {} مقایسه می‌کند بهتر است هزینهٔ هر کدام را بنویسد.',
      'تجربه نشان می‌دهد که {} به شکیبایی بیش از شتاب پاداش می‌دهد.',
      'در پایان ارزش {} به اندازهٔ کمکی است که به کاربرانش می‌کند.',
    ],
  },
  ar: {
    title: '{}: دليل عملي',
    summary: '{} بشرح بسيط: ما هو، وكيف نبدأ، وما الذي ينبغي الانتباه إليه. نص تجريبي من بيئة الاختبار دون اتصال.',
    headings: ['ما معنى {}', 'كيف نبدأ مع {}', 'أسئلة شائعة عن {}', '{} في العمل اليومي'],
    sentences: [
      'كتبت بيئة الاختبار هذا النص عن {} دون اتصال ليحل محل مقال يكتبه نموذج حقيقي.',
      'يتعرف معظم الناس على {} أول مرة من خلال حاجة صغيرة ومحددة.',
      'البداية الجيدة مع {} هدف واضح وخطة قصيرة ونظرة صادقة إلى النتيجة.',
      'من يقارن بين طريقتين في {} يحسن به أن يدون تكلفة كل منهما.',
      'تدل التجربة على أن {} يكافئ الصبر أكثر من العجلة.',
      'في النهاية قيمة {} بقدر ما يفيد الناس الذين يستعملونه.',
    ],
  },
  zh: {
    title: '{}：实用指南',
    summary: '{}简明介绍：它是什么，如何开始，需要注意什么。本文由离线沙盒生成，仅作示例。',
    headings: ['什么是{}', '如何开始{}', '关于{}的常见问题', '日常工作中的{}'],
    sentences: [
      '这篇关于{}的文字由离线沙盒写成，用来代替真实模型的文章。',
      '大多数人最初是因为一个具体的小需求而接触{}。',
      '学习{}的良好开端是明确的目标、简短的计划和对结果的诚实评估。',
      '比较{}的两种做法时，最好写下各自的成本。',
      '经验表明，{}更青睐耐心而不是匆忙。',
      '归根结底，{}的价值在于它能帮助使用它的人。',
    ],
    space: '',
  },
};

/** For languages without phrases: the topic's own words, so that at least the script is right. */
const OWN_WORDS: Texts = { title: '{}', summary: '{}. {}. {}.', headings: ['{}'], sentences: ['{}. {}, {}.'] };

/** The phrases of the language that was asked for, else of the one the topic is written in. */
export function phrasesFor(language: string | undefined, topic: string): ArticlePhrases {
  const asked = /^[a-z]{2}/i.exec(language ?? '')?.[0].toLowerCase();
  const named = Object.entries(NAMES).find(([name]) => language?.toLowerCase().startsWith(name))?.[1];
  const locale = named ?? (asked !== undefined && isKnown(language) ? asked : languageOf(topic));
  const texts = LANGUAGES[locale] ?? OWN_WORDS;
  const fill = (text: string | undefined, keyword: string) => (text ?? '{}').replaceAll('{}', () => keyword);
  return {
    locale: locale === '' ? 'und' : locale,
    space: texts.space ?? ' ',
    title: (topic) => fill(texts.title, topic),
    summary: (topic) => fill(texts.summary, topic),
    heading: (keyword, number) => fill(texts.headings[(number - 1) % texts.headings.length], keyword),
    sentence: (keyword, index) => fill(texts.sentences[index % texts.sentences.length], keyword),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  persian: 'fa',
  farsi: 'fa',
  فارسی: 'fa',
  arabic: 'ar',
  العربية: 'ar',
  chinese: 'zh',
  中文: 'zh',
};

function isKnown(language: string | undefined): boolean {
  return /^(en|de|fa|ar|zh)\b/i.test(language ?? '');
}

function languageOf(topic: string): string {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(topic)) return 'ja';
  if (/\p{Script=Han}/u.test(topic)) return 'zh';
  if (/\p{Script=Arabic}/u.test(topic)) return /[پچژگکی]/u.test(topic) || !/[ةىيكأإ]|ال/u.test(topic) ? 'fa' : 'ar';
  if (/[äöüß]|\b(?:und|der|die|das|für|mit|ein|eine|im|wie)\b/iu.test(topic)) return 'de';
  return /^[\P{L}\p{Script=Latin}]*$/u.test(topic) ? 'en' : '';
}
