import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf, templateWith } from './city-template.ts';

let template: Template;
beforeAll(() => {
  template = templateWith({ readingStore: 'timestream' });
});

describe('Signing in at the console', () => {
  it('is by authorization code alone, back to this site’s pages and no other', () => {
    const clients = Object.values(resourcesOf(template, 'AWS::Cognito::UserPoolClient'));
    expect(clients).toHaveLength(1);
    const [{ Properties } = { Properties: {} }] = clients;
    expect(Properties).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(Properties).not.toHaveProperty('GenerateSecret');
    const distribution = Object.keys(resourcesOf(template, 'AWS::CloudFront::Distribution'))[0];
    for (const pages of [Properties.CallbackURLs, Properties.LogoutURLs]) {
      expect(pages).toEqual(
        ['/', '/crew/'].map((path) => ({
          'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [distribution, 'DomainName'] }, path]],
        })),
      );
    }
  });

  it('is known to the page: where to go, and that it may ask there', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: Match.objectLike({
        SecurityHeadersConfig: Match.objectLike({
          ContentSecurityPolicy: Match.objectLike({
            ContentSecurityPolicy: {
              'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp("connect-src 'self' https://$")])],
            },
          }),
        }),
      }),
    });
    const uploads = JSON.stringify(resourcesOf(template, 'Custom::CDKBucketDeployment'));
    const client = Object.keys(resourcesOf(template, 'AWS::Cognito::UserPoolClient'))[0];
    expect(uploads).toContain(`{"Ref":"${client}"}`);
  });
});
