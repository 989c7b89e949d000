// Made by "npm run api -w web/portal" from api/openapi.yaml.

export interface paths {
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSetup"];
        put?: never;
        /** Makes the first owner and their organisation; possible exactly once */
        post: operations["createOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, if anybody */
        get: operations["getSession"];
        put?: never;
        /** Password; the answer's state says whether a second factor must follow */
        post: operations["signIn"];
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["proveSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/passkey-challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a passkey must sign, for the second factor or a re-authentication; holds for one answer within five minutes */
        post: operations["beginPasskeyProof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/reauthentication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reauthenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["switchTenant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a link when the address is known; the answer is the same when it is not */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-resets/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a new password once and ends every session; the second factor stays */
        post: operations["redeemPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["lookUpInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the account, or joins an existing one after its password */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret, shown once; it counts only after it was confirmed */
        post: operations["beginTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPasskeys"];
        put?: never;
        /** Adds what the browser made in answer to the challenge */
        post: operations["registerPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a new passkey must answer; holds for one answer within five minutes */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/passkeys/{passkey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The codes of the authenticator stay */
        delete: operations["removePasskey"];
        options?: never;
        head?: never;
        patch: operations["renamePasskey"];
        trace?: never;
    };
    "/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A further organisation; the caller becomes its owner */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["renameTenant"];
        trace?: never;
    };
    "/administrators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAdministrators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/administrators/{administrator}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeAdministrator"];
        options?: never;
        head?: never;
        patch: operations["changeRole"];
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listInvitations"];
        put?: never;
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listApiKeys"];
        put?: never;
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listIntegrations"];
        put?: never;
        post: operations["createIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{integration}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getIntegration"];
        put?: never;
        post?: never;
        /** Ends it with its secrets; logins through it fail from now on. Transactions and users stay */
        delete: operations["deleteIntegration"];
        options?: never;
        head?: never;
        patch: operations["updateIntegration"];
        trace?: never;
    };
    "/integrations/{integration}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new Session Secret; the one before stays valid for the overlap */
        post: operations["rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{integration}/simulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A login of a test user through this integration, with the portal in the place of Auth0 */
        post: operations["startSimulation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/{integration}/simulations/{simulation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSimulation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CSV of the users that the filters select */
        get: operations["exportUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Face models of the active credentials, and how many users each has */
        get: operations["listFaceModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One act on up to 200 users; the answer says for each whether it held */
        post: operations["changeUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Destroys the key of everything sealed for this person; the answer is the certificate */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /** Notes */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/users/{user}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["suspendUser"];
        post?: never;
        /** From suspended or locked, with fresh counters */
        delete: operations["reactivateUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/re-enrolment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revokes the credential; the next login enrols again where self-enrolment is allowed */
        post: operations["requestReEnrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/samples/{sample}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Destroys one sample that a strong match added; enrolled samples stay */
        delete: operations["removeAdaptedSample"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is stored about this person (GDPR, article 15), without the template itself */
        get: operations["exportUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Newest first */
        get: operations["listTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exportTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions/{transaction}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getTransaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Recomputes the whole chain */
        post: operations["checkAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Replaces the groups that the body names */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/settings/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["setMailServer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/mail/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a mail to the caller's own address */
        post: operations["sendTestMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consent-texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listConsentTexts"];
        put?: never;
        /** A new version; who agreed to an older one is asked again at the next login */
        post: operations["publishConsentTexts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description For programs: invalid_argument, unauthenticated, forbidden, reauthentication_required, not_found, conflict, precondition_failed, rate_limited, … */
            code: string;
            /** @description What the caller can change */
            detail?: string;
            /** @description Names the request in the log */
            reference: string;
            errors?: {
                field: string;
                message: string;
            }[];
        };
        Setup: {
            owner_exists: boolean;
        };
        OwnerSetup: {
            /** Format: email */
            email: string;
            name: string;
            password: string;
            organisation: string;
        };
        PasswordSignIn: {
            email: string;
            password: string;
        };
        /** @description One of the three */
        SecondFactor: {
            totp?: string;
            recovery_code?: string;
            passkey?: components["schemas"]["PasskeyAnswer"];
        };
        /** @description The password and one of the three */
        Reauthentication: {
            password: string;
            totp?: string;
            recovery_code?: string;
            passkey?: components["schemas"]["PasskeyAnswer"];
        };
        PasskeyChallenge: {
            /** @description 32 bytes, base64url */
            challenge: string;
            /** @description The relying party's id */
            domain: string;
            /** @description Ids of the account's credentials, base64url: to choose from, or to leave out */
            credentials: string[];
            expires_in_seconds: number;
        };
        /** @description Of navigator.credentials.get, each part in base64url without padding */
        PasskeyAnswer: {
            credential_id: string;
            client_data: string;
            authenticator_data: string;
            signature: string;
        };
        PasskeyRegistration: {
            name: string;
            /** @description Of navigator.credentials.create, each part in base64url without padding */
            passkey: {
                client_data: string;
                authenticator_data: string;
            };
        };
        PasskeyName: {
            name: string;
        };
        Passkey: {
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string | null;
        };
        PasskeyList: {
            items: components["schemas"]["Passkey"][];
        };
        TenantChoice: {
            tenant: string;
        };
        EmailAddress: {
            email: string;
        };
        PasswordReset: {
            token: string;
            password: string;
        };
        InvitationToken: {
            token: string;
        };
        InvitationPreview: {
            email: string;
            organisation: string;
            role: components["schemas"]["Role"];
            invited_by: string;
            /** @description Then the existing password is asked for */
            has_account: boolean;
        };
        InvitationAcceptance: {
            token: string;
            name?: string;
            password: string;
        };
        /** @enum {unknown} */
        Role: "owner" | "admin" | "helpdesk" | "auditor";
        TenantMembership: {
            tenant: string;
            name: string;
            role: components["schemas"]["Role"];
        };
        Session: {
            /** @enum {unknown} */
            state: "password_ok" | "enrol_second_factor" | "active";
            administrator: {
                id: string;
                name: string;
                email: string;
            };
            tenant: components["schemas"]["TenantMembership"] | null;
            tenants: components["schemas"]["TenantMembership"][];
            /** @description Of the role in the current tenant */
            permissions: string[];
            /**
             * @description unavailable: portal.public_url has no domain. registered: one can answer in place of a code
             * @enum {unknown}
             */
            passkeys: "unavailable" | "none" | "registered";
            /** Format: date-time */
            fresh_until: string | null;
            /** Format: date-time */
            expires_at: string;
        };
        Account: {
            id: string;
            name: string;
            email: string;
            totp_enabled: boolean;
            recovery_codes_left: number;
            /** Format: date-time */
            created_at: string;
        };
        AccountPatch: {
            name: string;
        };
        PasswordChange: {
            password: string;
        };
        TotpEnrolment: {
            /** @description Base32 */
            secret: string;
            /** @description otpauth://totp/…, for a QR code */
            uri: string;
        };
        TotpCode: {
            totp: string;
        };
        RecoveryCodes: {
            codes: string[];
        };
        SessionList: {
            items: {
                id: string;
                current: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                last_seen_at: string;
                address: string;
                browser: string;
            }[];
        };
        TenantName: {
            name: string;
        };
        Administrator: {
            id: string;
            name: string;
            email: string;
            role: components["schemas"]["Role"];
            totp_enabled: boolean;
            /** Format: date-time */
            last_sign_in_at: string | null;
        };
        AdministratorList: {
            items: components["schemas"]["Administrator"][];
        };
        RoleChange: {
            role: components["schemas"]["Role"];
        };
        InvitationRequest: {
            /** Format: email */
            email: string;
            role: components["schemas"]["Role"];
        };
        Invitation: {
            id: string;
            email: string;
            role: components["schemas"]["Role"];
            invited_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        NewInvitation: {
            invitation: components["schemas"]["Invitation"];
            mailed: boolean;
            /** @description Only when it could not be mailed */
            link: string | null;
        };
        InvitationList: {
            items: components["schemas"]["Invitation"][];
        };
        /** @enum {unknown} */
        Scope: "integrations:read" | "integrations:write" | "users:read" | "users:write" | "transactions:read" | "audit:read" | "settings:read" | "settings:write";
        ApiKeyRequest: {
            name: string;
            scopes: components["schemas"]["Scope"][];
            expires_in_days?: number | null;
        };
        ApiKey: {
            id: string;
            name: string;
            /** @description Its first characters */
            hint: string;
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** Format: date-time */
            last_used_at: string | null;
            /** Format: date-time */
            expires_at: string | null;
        };
        NewApiKey: {
            key: components["schemas"]["ApiKey"];
            value: string;
        };
        ApiKeyList: {
            items: components["schemas"]["ApiKey"][];
        };
        /** @description A creation takes the defaults for what is missing; a change leaves it */
        IntegrationSettings: {
            name?: string | null;
            /** @default true */
            enabled?: boolean;
            /** @default true */
            allow_self_enrolment?: boolean;
            /**
             * @default inline
             * @enum {unknown}
             */
            enrolment_flow?: "inline";
            /**
             * @default inline
             * @enum {unknown}
             */
            verification_flow?: "inline";
            /** @description Hosts of the identity provider, for example example.eu.auth0.com */
            return_domains?: string[];
            /**
             * @default always
             * @enum {unknown}
             */
            request_mode_hint?: "always" | "on-demand";
            /** @description https URL of the custom claim */
            claim_namespace?: string | null;
            /**
             * @default both
             * @enum {unknown}
             */
            liveness_policy?: "passive" | "active" | "both";
            /** @default 0.00001 */
            target_fmr?: number;
            /** @default 3 */
            max_attempts?: number;
            /** @default 10 */
            session_minutes?: number;
            /** @default false */
            allow_insecure_loopback?: boolean;
            /**
             * @description Strong matches add samples to the credential; needs liveness_policy both
             * @default false
             */
            adapt_templates?: boolean;
        };
        Integration: {
            id: string;
            settings: components["schemas"]["IntegrationSettings"];
            secrets: components["schemas"]["SecretState"][];
            /** @description Base URL for the Action */
            start_url: string;
            confirm_url: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            last_used_at: string | null;
            version: number;
        };
        SecretState: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            not_after: string | null;
        };
        IntegrationWithSecret: {
            integration: components["schemas"]["Integration"];
            session_secret: string;
        };
        IntegrationList: {
            items: components["schemas"]["Integration"][];
        };
        SecretRotation: {
            overlap_hours: number;
        };
        NewSimulation: {
            /** @description The first login that passed, to let its test user log in again; 409 when the test user is gone. Without it a new test user logs in for the first time. */
            repeats?: string;
        };
        Simulation: {
            id: string;
            integration: string;
            /** @enum {unknown} */
            state: "running" | "passed" | "failed";
            /** @description Only in the answer that made it */
            start_url: string | null;
            /** @description Goes with the test user */
            transaction: string | null;
            /** @description The first login of this test user */
            repeats: string | null;
            /**
             * Format: date-time
             * @description Until then the test user of a passed first login can log in again
             */
            user_until: string | null;
            /** Format: date-time */
            created_at: string;
            steps: {
                /** @enum {unknown} */
                name: "integration_ready" | "start_token_accepted" | "page_opened" | "consent_given" | "camera_streaming" | "face_measured" | "challenge_done" | "verdict" | "returned" | "result_verified" | "confirmed" | "replay_refused";
                /** @enum {unknown} */
                state: "waiting" | "passed" | "failed";
                /** Format: date-time */
                at?: string | null;
                /** @description What failed, and what to change */
                cause?: string | null;
            }[];
        };
        /** @enum {unknown} */
        UserStatus: "enrolled" | "not_enrolled" | "suspended" | "locked";
        User: {
            id: string;
            external_id: string;
            status: components["schemas"]["UserStatus"];
            samples: number;
            /** Format: date-time */
            enrolled_at: string | null;
            /** Format: date-time */
            last_verified_at: string | null;
            /** @description Through which the person enrolled */
            integration: string | null;
            /** @description The test user of a simulated login; deleted by itself */
            test: boolean;
        };
        UserList: {
            items: components["schemas"]["User"][];
            next_cursor: string | null;
            /** @description Only for the first page; null when counting would be slow */
            total: number | null;
        };
        FaceModelList: {
            items: components["schemas"]["FaceModel"][];
        };
        FaceModel: {
            model: string;
            users: number;
        };
        Credential: {
            id: string;
            /** @enum {unknown} */
            state: "pending" | "active" | "revoked";
            model: string;
            /** @description Adapted ones included */
            samples: number;
            adapted_samples: components["schemas"]["AdaptedSample"][];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            activated_at: string | null;
        };
        /** @description A sample that a strong match added; the oldest first */
        AdaptedSample: {
            id: string;
            /** Format: date-time */
            adapted_at: string;
        };
        ConsentReceipt: {
            id: string;
            version: string;
            locale: string;
            sha256: string;
            /** Format: date-time */
            given_at: string;
            /** Format: date-time */
            withdrawn_at: string | null;
        };
        UserDetail: {
            user: components["schemas"]["User"];
            notes: string;
            failed_attempts: number;
            /** Format: date-time */
            last_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            credentials: components["schemas"]["Credential"][];
            consents: components["schemas"]["ConsentReceipt"][];
            devices: components["schemas"]["UserDevice"][];
            version: number;
        };
        /** @description A browser of the newest 50 logins, by how it names itself */
        UserDevice: {
            user_agent: string;
            logins: number;
            /** Format: date-time */
            last_seen_at: string;
        };
        UserPatch: {
            notes: string;
        };
        BulkAct: {
            /** @enum {unknown} */
            act: "suspend" | "reactivate" | "re_enrol";
            users: string[];
        };
        BulkResult: {
            results: {
                user: string;
                ok: boolean;
                code?: string;
            }[];
        };
        DeletionCertificate: {
            certificate: string;
            user: string;
            external_id_sha256: string;
            /** Format: date-time */
            deleted_at: string;
            deleted_by: string;
            /** @description What was destroyed, in words */
            destroyed: string[];
            audit_event: string;
            audit_hash: string;
        };
        UserExport: {
            /** Format: date-time */
            exported_at: string;
            detail: components["schemas"]["UserDetail"];
            transactions: components["schemas"]["Transaction"][];
        };
        /** @enum {unknown} */
        TransactionState: "opened" | "consented" | "capturing" | "passed" | "failed" | "cancelled" | "expired" | "refused";
        Transaction: {
            id: string;
            /** @enum {unknown} */
            purpose: "enrolment" | "verification";
            state: components["schemas"]["TransactionState"];
            /** @description What the identity provider was told */
            code: string | null;
            /** @description Of the last attempt: no_match, not_live_active, face_timeout, … */
            cause: string | null;
            user: string | null;
            external_id: string;
            integration: string;
            client_name: string;
            attempts_used: number;
            attempts_max: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            decided_at: string | null;
            duration_ms: number | null;
        };
        TransactionList: {
            items: components["schemas"]["Transaction"][];
            next_cursor: string | null;
        };
        TransactionDetail: {
            transaction: components["schemas"]["Transaction"];
            locale: string;
            /** Format: date-time */
            expires_at: string;
            timeline: {
                /** Format: date-time */
                at: string;
                /** @description opened, consented, camera, face, challenge, attempt, passed, failed, returned, confirmed, … */
                kind: string;
                details: {
                    [key: string]: string;
                };
            }[];
        };
        AuditEvent: {
            id: string;
            sequence: number;
            /** Format: date-time */
            at: string;
            actor: string;
            actor_name: string | null;
            kind: string;
            target: string;
            details: {
                [key: string]: string;
            };
            previous_hash: string;
            hash: string;
        };
        AuditList: {
            items: components["schemas"]["AuditEvent"][];
            next_cursor: string | null;
        };
        ChainCheck: {
            intact: boolean;
            events: number;
            first_broken: number | null;
        };
        Statistics: {
            range: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            totals: {
                verifications: number;
                enrolments: number;
                passed: number;
                failed: number;
                pass_rate: number | null;
                /** @description From the start of the last capture to the verdict */
                median_ms: number | null;
                p95_ms: number | null;
                /** @description Attempts refused as not live */
                liveness_alerts: number;
                enrolled_users: number;
            };
            /** @description One point per hour (24h) or day, in UTC, gaps filled */
            series: {
                /** Format: date-time */
                at: string;
                passed: number;
                failed: number;
                median_ms: number | null;
                p95_ms: number | null;
            }[];
            funnel: {
                /** @enum {unknown} */
                step: "opened" | "consent" | "camera" | "face" | "challenge" | "match";
                count: number;
            }[];
            causes: {
                cause: string;
                count: number;
            }[];
        };
        Branding: {
            display_name: string | null;
            accent: string;
            /** @description PNG as base64 without prefix */
            logo: string | null;
            support_email: string | null;
            headline: string | null;
        };
        Lockout: {
            max_failed_attempts: number;
            delay_after: number;
            delay_seconds: number;
        };
        Retention: {
            transaction_days: number;
        };
        MailState: {
            configured: boolean;
            host: string;
            port: number;
            /** @enum {unknown} */
            security: "tls" | "starttls" | "none";
            username: string;
            sender: string;
        };
        MailServer: {
            host: string;
            port: number;
            /** @enum {unknown} */
            security: "tls" | "starttls" | "none";
            username?: string;
            /** @description Left out keeps the stored one */
            password?: string;
            sender: string;
        };
        MailTest: {
            delivered: boolean;
            answer: string;
        };
        Settings: {
            organisation: string;
            branding: components["schemas"]["Branding"];
            lockout: components["schemas"]["Lockout"];
            retention: components["schemas"]["Retention"];
            mail: components["schemas"]["MailState"];
            version: number;
        };
        SettingsPatch: {
            branding?: components["schemas"]["Branding"];
            lockout?: components["schemas"]["Lockout"];
            retention?: components["schemas"]["Retention"];
        };
        ConsentText: {
            version: string;
            locale: string;
            title: string;
            paragraphs: string[];
            sha256: string;
            current: boolean;
            built_in: boolean;
            /** Format: date-time */
            published_at: string | null;
        };
        ConsentTextList: {
            items: components["schemas"]["ConsentText"][];
        };
        ConsentPublication: {
            version: string;
            texts: {
                /** @enum {unknown} */
                locale: "en" | "de";
                title: string;
                paragraphs: string[];
            }[];
        };
    };
    responses: {
        /** @description What went wrong */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        session: string;
        passkey: string;
        administrator: string;
        invitation: string;
        key: string;
        integration: string;
        simulation: string;
        user: string;
        sample: string;
        transaction: string;
        from: string;
        to: string;
        /** @description Face model of the active credential */
        model: string;
        limit: number;
        cursor: string;
        ifMatch: string;
        idempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /** @description Version for If-Match */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the first owner exists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
        };
    };
    createOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnerSetup"];
            };
        };
        responses: {
            /** @description Signed in; the second factor comes next */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description null: nobody. There is no session, or it is over */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"] | null;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordSignIn"];
            };
        };
        responses: {
            /** @description Cookie set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    proveSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactor"];
            };
        };
        responses: {
            /** @description Active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    beginPasskeyProof: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For the browser */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reauthenticate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reauthentication"];
            };
        };
        responses: {
            /** @description Fresh for five minutes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    switchTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantChoice"];
            };
        };
        responses: {
            /** @description Now acting there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailAddress"];
            };
        };
        responses: {
            /** @description Taken */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    redeemPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    lookUpInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
        responses: {
            /** @description Who invites to what */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPreview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationAcceptance"];
            };
        };
        responses: {
            /** @description Signed in; the second factor comes next */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed-in administrator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Changed; the other sessions ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    beginTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For the authenticator */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpEnrolment"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpCode"];
            };
        };
        responses: {
            /** @description Recovery codes, shown once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The old ones ended */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    registerPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyRegistration"];
            };
        };
        responses: {
            /** @description Added beside the authenticator */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For the browser */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: components["parameters"]["passkey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    renamePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: components["parameters"]["passkey"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyName"];
            };
        };
        responses: {
            /** @description Renamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: components["parameters"]["session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantName"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantMembership"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renameTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantName"];
            };
        };
        responses: {
            /** @description Renamed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantMembership"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAdministrators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of this organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdministratorList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeAdministrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                administrator: components["parameters"]["administrator"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed from this organisation; their sessions here ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                administrator: components["parameters"]["administrator"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Administrator"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not yet accepted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationRequest"];
            };
        };
        responses: {
            /** @description Sent by mail, or with a link to hand over when there is no mail server */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation: components["parameters"]["invitation"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link no longer works */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without their values */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyRequest"];
            };
        };
        responses: {
            /** @description The value is shown only here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listIntegrations: {
        parameters: {
            query?: {
                /** @description Part of the name or the id */
                q?: string;
                enabled?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of this organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createIntegration: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationSettings"];
            };
        };
        responses: {
            /** @description The Session Secret is shown only here */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationWithSecret"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration: components["parameters"]["integration"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With the state of its secrets, never their values */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteIntegration: {
        parameters: {
            query?: never;
            header: {
                "If-Match": components["parameters"]["ifMatch"];
            };
            path: {
                integration: components["parameters"]["integration"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateIntegration: {
        parameters: {
            query?: never;
            header: {
                "If-Match": components["parameters"]["ifMatch"];
            };
            path: {
                integration: components["parameters"]["integration"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationSettings"];
            };
        };
        responses: {
            /** @description Changed; what the body leaves out stays */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Integration"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration: components["parameters"]["integration"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description Shown only here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationWithSecret"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    startSimulation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration: components["parameters"]["integration"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewSimulation"];
            };
        };
        responses: {
            /** @description Open `start_url` in the browser */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSimulation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                integration: components["parameters"]["integration"];
                simulation: components["parameters"]["simulation"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its steps so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Beginning of the External identifier or of a word in it */
                q?: string;
                status?: components["schemas"]["UserStatus"];
                integration?: string;
                /** @description Face model of the active credential */
                model?: components["parameters"]["model"];
                sort?: "external_id" | "-enrolled_at" | "-last_verified_at";
                limit?: components["parameters"]["limit"];
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportUsers: {
        parameters: {
            query?: {
                q?: string;
                status?: components["schemas"]["UserStatus"];
                integration?: string;
                /** @description Face model of the active credential */
                model?: components["parameters"]["model"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UTF-8 with a header line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listFaceModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaceModelList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkAct"];
            };
        };
        responses: {
            /** @description One result per user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With credentials, consents and devices */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Certificate of deletion */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionCertificate"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header: {
                "If-Match": components["parameters"]["ifMatch"];
            };
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    suspendUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No verification passes any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reactivateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestReEnrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not enrolled now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeAdaptedSample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
                sample: components["parameters"]["sample"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Not compared any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: components["parameters"]["user"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserExport"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTransactions: {
        parameters: {
            query?: {
                /** @description User id or exact External identifier */
                user?: string;
                integration?: string;
                purpose?: "enrolment" | "verification";
                state?: components["schemas"]["TransactionState"];
                cause?: string;
                from?: components["parameters"]["from"];
                to?: components["parameters"]["to"];
                limit?: components["parameters"]["limit"];
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportTransactions: {
        parameters: {
            query?: {
                user?: string;
                integration?: string;
                state?: components["schemas"]["TransactionState"];
                cause?: string;
                from?: components["parameters"]["from"];
                to?: components["parameters"]["to"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UTF-8 with a header line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                transaction: components["parameters"]["transaction"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With the timeline of every step */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                actor?: string;
                /** @description Exact, or a beginning that ends with a dot */
                kind?: string;
                target?: string;
                from?: components["parameters"]["from"];
                to?: components["parameters"]["to"];
                limit?: components["parameters"]["limit"];
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                format?: "csv" | "jsonl";
                from?: components["parameters"]["from"];
                to?: components["parameters"]["to"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first, with the hashes, so that the chain can be checked elsewhere */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    checkAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether every link holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainCheck"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                range?: "24h" | "7d" | "30d" | "90d";
                integration?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures and series */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Of this organisation */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header: {
                "If-Match": components["parameters"]["ifMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsPatch"];
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setMailServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailServer"];
            };
        };
        responses: {
            /** @description Stored; the password is never shown again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailState"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sendTestMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the mail server said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTest"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listConsentTexts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every version and language, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentTextList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    publishConsentTexts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentPublication"];
            };
        };
        responses: {
            /** @description Published */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentTextList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
