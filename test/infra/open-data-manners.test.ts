import { runInNewContext } from 'node:vm';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, templateWith } from './city-template.ts';

let template: Template;

beforeAll(() => {
  template = templateWith({ readingStore: 'dynamodb' });
});

const openPaths = ['open/*', 'ogc*', 'sta/*'];

describe('open data behind CloudFront', () => {
  it('keeps one answer for each address and media type, compressed for whoever takes it, and never for Host', () => {
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        MinTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          CookiesConfig: { CookieBehavior: 'none' },
        },
      },
    });
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        CacheBehaviors: Match.arrayWith(
          openPaths.map((PathPattern) =>
            Match.objectLike({ PathPattern, CachePolicyId: { Ref: Match.stringLikeRegexp('OpenDataCache') } }),
          ),
        ),
      },
    });
  });

  it('lets every method through, for the function to refuse in words', () => {
    const routes = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Route'))
      .map(({ Properties }) => String(Properties.RouteKey))
      .filter((key) => /\/(open|ogc|sta)\b/.test(key));
    expect(routes.length).toBeGreaterThanOrEqual(6);
    for (const key of routes) expect(key).toMatch(/^ANY /);
  });

  it('is limited for each address, and all of it by the gateway', () => {
    for (const name of ['open-data-api', 'features-api', 'sensorthings-api']) {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ POWERTOOLS_SERVICE_NAME: name, RATE_LIMIT_PER_MINUTE: '600' }) },
      });
    }
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
    });
  });

  it.each([
    ['/data', '/data/index.html'],
    ['/data/', '/data/index.html'],
    ['/crew/', '/crew/index.html'],
    ['/data/api.html', '/data/api.html'],
    ['/', '/'],
  ])('asks the site’s files for %s as %s', (uri, file) => {
    const [code] = Object.values(template.findResources('AWS::CloudFront::Function')).map(
      ({ Properties }) => Properties.FunctionCode as string,
    );
    const handler = runInNewContext(`${code}; handler`);
    expect(handler({ request: { uri } })).toEqual({ uri: file });
  });
});
