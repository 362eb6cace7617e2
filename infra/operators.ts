import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPoolClient,
  CfnUserPoolGroup,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** The people who run the city, in the three groups that the operations API knows. */
export class Operators extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** Where people sign in and programs get their tokens; the account makes the name one that no other city has. */
  readonly domain: UserPoolDomain;

  constructor(scope: Construct, id: string, cityId: string) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason: 'A city has a handful of operators, all with a second factor; the plus tier’s price buys them nothing',
    });
    this.domain = this.pool.addDomain('Tokens', {
      cognitoDomain: { domainPrefix: `phosach-${cityId}-${Stack.of(this).account}` },
    });
    this.client = this.pool.addClient('Console', {
      // Signing in is the provider's page alone: the console sees no password.
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        // Known once the site has its name: `signsInAt`.
        callbackUrls: ['https://console.invalid/'],
      },
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    for (const groupName of ['dispatcher', 'officer', 'admin']) {
      new CfnUserPoolGroup(this, groupName, { userPoolId: this.pool.userPoolId, groupName });
    }
  }

  /** What the console needs to know, to send people here: its `SignInSettings`. */
  get signIn(): Readonly<Record<string, string>> {
    const base = this.domain.baseUrl();
    return {
      issuer: this.pool.userPoolProviderUrl,
      clientId: this.client.userPoolClientId,
      authorizationEndpoint: `${base}/oauth2/authorize`,
      tokenEndpoint: `${base}/oauth2/token`,
      revocationEndpoint: `${base}/oauth2/revoke`,
      logoutEndpoint: `${base}/logout`,
    };
  }

  /** The pages that people come back to, and no other. */
  signsInAt(pages: readonly string[]): void {
    const client = this.client.node.defaultChild as CfnUserPoolClient;
    client.callbackUrLs = [...pages];
    client.logoutUrLs = [...pages];
  }
}
