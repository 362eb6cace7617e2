import { type Language, useLocale } from './language.ts';

/** The words for signing in, in both languages. */
export type SignInWords = {
  readonly heading: string;
  readonly who: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly signedInAs: (name: string) => string;
  readonly ended: string;
  readonly failed: string;
  readonly openData: string;
};

const vi: SignInWords = {
  heading: 'Đăng nhập',
  who: 'Bảng điều hành dành cho điều phối viên, cán bộ môi trường và quản trị viên của thành phố.',
  signIn: 'Đăng nhập',
  signOut: 'Đăng xuất',
  signedInAs: (name) => `Đã đăng nhập: ${name}`,
  ended: 'Phiên làm việc đã hết hạn. Vui lòng đăng nhập lại; bạn sẽ quay về đúng trang này.',
  failed: 'Chưa đăng nhập được. Vui lòng thử lại.',
  openData: 'Dữ liệu mở, không cần đăng nhập',
};

const en: SignInWords = {
  heading: 'Sign in',
  who: 'The console is for the city’s dispatchers, environment officers and administrators.',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedInAs: (name) => `Signed in as ${name}`,
  ended: 'Your session has ended. Please sign in again; you will come back to this very page.',
  failed: 'Signing in did not work. Please try again.',
  openData: 'Open data, without signing in',
};

const words: Readonly<Record<Language, SignInWords>> = { vi, en };

export const useSignInWords = (): SignInWords => words[useLocale().language];
