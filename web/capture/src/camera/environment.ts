import type { Environment } from '../state/model';

const kInApp =
  /\b(FBAN|FBAV|FB_IAB|Instagram|LinkedInApp|MicroMessenger|Line\/|Twitter|Snapchat|Pinterest|TikTok|musical_ly|GSA\/)/;
const kAndroidWebView = /; wv\)/;

/** Browsers inside other applications, which often block the camera or lose the page when it asks. */
export function isInAppBrowser(userAgent: string): boolean {
  return kInApp.test(userAgent) || kAndroidWebView.test(userAgent);
}

interface PolicyDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}

export function readEnvironment(window: Window & typeof globalThis): Environment {
  const { navigator, document } = window;
  const policy = (document as PolicyDocument).featurePolicy;
  const media = navigator.mediaDevices as MediaDevices | undefined;
  return {
    secureContext: window.isSecureContext,
    cameraApi: typeof media?.getUserMedia === 'function' && 'Worker' in window && 'OffscreenCanvas' in window,
    cameraPolicy: policy === undefined || policy.allowsFeature('camera'),
    inAppBrowser: isInAppBrowser(navigator.userAgent),
    reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}
