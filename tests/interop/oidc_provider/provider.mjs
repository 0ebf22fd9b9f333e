// An independent OpenID provider with the paths of the real one, for one client and two people.
// Reads the client's JWKS from CLIENT_JWKS; prints one line of JSON with its issuer when it listens.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const MOUNT = '/api/realms/main';
const PATH = '/protocol/openid-connect';
const FACTS = { name: '見本\u3000花子', address: '見本町1-2-3', birthdate: '1992-04-12', gender: 'female' };

const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

const configuration = {
  clients: [
    {
      client_id: 'RP00000001',
      redirect_uris: ['https://pass.test/login/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'ES256',
      subject_type: 'pairwise',
      jwks: JSON.parse(process.env.CLIENT_JWKS),
    },
  ],
  jwks: { keys: [{ ...signingKey, kid: 'sig-1', use: 'sig', alg: 'ES256' }] },
  claims: { openid: ['sub'], name: ['name'], address: ['address'], birthdate: ['birthdate'], gender: ['gender'], acr: null },
  acrValues: ['aal3', 'crl'],
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (_ctx, accountId, client) => `${client.clientId}-${accountId}`,
  pkce: { required: () => true },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] },
  clientAuthMethods: ['private_key_jwt'],
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['only for this test'] },
  ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...FACTS }) }),
  routes: {
    authorization: `${PATH}/auth`,
    token: `${PATH}/token`,
    userinfo: `${PATH}/userinfo`,
    jwks: `${PATH}/certs`,
  },
};

async function tap(provider, request, response) {
  const persona = new URL(request.url, 'http://localhost').searchParams.get('persona');
  const { params } = await provider.interactionDetails(request, response);
  if (persona === 'cancel') {
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: '<b>no</b>' });
  }
  const grant = new provider.Grant({ accountId: persona, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const login = { accountId: persona, acr: 'aal3' };
  return provider.interactionFinished(request, response, { login, consent: { grantId: await grant.save() } });
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}${MOUNT}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith('/interaction/')) {
      tap(provider, request, response).catch((error) => response.writeHead(500).end(String(error)));
      return;
    }
    request.originalUrl = request.url;
    request.url = request.url.slice(MOUNT.length);
    answer(request, response);
  });
  console.log(JSON.stringify({ issuer }));
});
