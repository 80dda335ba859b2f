// Made by `npm run generate`. Do not edit.

export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account.
         * @description Where the server asks for activation, the account is inactive until the link in a mail is
         *     followed.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Activate an account, or its new email, with the token of a mail's link. */
        post: operations["activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activation/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the activation mail once more.
         * @description The answer is the same whether or not the account is there and waits for it. At most one mail in 30
         *     seconds leaves for an account.
         */
        post: operations["resendActivation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/accounts/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a suspension. Again changes nothing. */
        post: operations["staffRestoreAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/accounts/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend an account: it is there for nobody, and its sessions and sockets end everywhere. Again changes nothing. */
        post: operations["staffSuspendAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what staff did. Nothing of it is ever changed. */
        get: operations["staffListAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/case-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a kind of case. */
        post: operations["staffCreateCaseKind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/case-kinds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a kind of case out. */
        delete: operations["staffDeleteCaseKind"];
        options?: never;
        head?: never;
        /** Call a kind of case otherwise. */
        patch: operations["staffRenameCaseKind"];
        trace?: never;
    };
    "/api/v1/admin/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everybody's cases. */
        get: operations["staffListCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Anybody's case. */
        get: operations["staffGetCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/cases/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a case. Again changes nothing; what its owner writes opens it again. */
        post: operations["staffCloseCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/cases/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was said in a case. */
        get: operations["staffListCaseMessages"];
        put?: never;
        /** Answer in a case: its owner is told. A closed one stays so. */
        post: operations["staffAnswerCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a category. */
        post: operations["staffCreateCategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a category out. */
        delete: operations["staffDeleteCategory"];
        options?: never;
        head?: never;
        /** Call a category otherwise. */
        patch: operations["staffRenameCategory"];
        trace?: never;
    };
    "/api/v1/admin/contact-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what people wrote to whoever runs this Kith. */
        get: operations["staffListContactMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the jobs that failed for good. */
        get: operations["staffListDeadJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-jobs/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget dead jobs, those of a queue or name if one is given: up to 1,000, oldest first. */
        post: operations["staffDropDeadJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-jobs/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put dead jobs back into their queues, those of a queue or name if one is given: up to 1,000, oldest first. */
        post: operations["staffRetryDeadJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a dead job. */
        delete: operations["staffDropDeadJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a dead job back into its queue, as if it were asked for now. */
        post: operations["staffRetryDeadJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the jobs that are not done. */
        get: operations["staffListJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try all failed jobs now, of a queue or name if one is given: up to 1,000, oldest first. */
        post: operations["staffTryJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{id}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a job now that waits for its next try. One that is due or runs already stays as it is. */
        post: operations["staffTryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the queues of background work. */
        get: operations["staffListQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/queues/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of the jobs of the last minutes. Workers write down what they know every ten seconds. */
        get: operations["staffGetQueueHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everybody's reports. */
        get: operations["staffListReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Anybody's report. */
        get: operations["staffGetReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim a report, so that nobody else of the staff looks at it. Again changes nothing. */
        post: operations["staffClaimReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resolve a report: who made it is told. Other reports of the same thing stay. */
        post: operations["staffResolveReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a skill. */
        post: operations["staffCreateSkill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/skills/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a skill out, and off the listings that ask for it. */
        delete: operations["staffDeleteSkill"];
        options?: never;
        head?: never;
        /** Call a skill otherwise. */
        patch: operations["staffRenameSkill"];
        trace?: never;
    };
    "/api/v1/admin/subcategories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a subcategory. */
        post: operations["staffCreateSubcategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/subcategories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a subcategory out. */
        delete: operations["staffDeleteSubcategory"];
        options?: never;
        head?: never;
        /** Change a subcategory. */
        patch: operations["staffChangeSubcategory"];
        trace?: never;
    };
    "/api/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List whom one has blocked. */
        get: operations["listBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Block somebody.
         * @description Ends connection and requests, takes each other's notifications away, and tells nobody. To each of
         *     the two it then looks as if the other were not there. Again changes nothing.
         */
        put: operations["block"];
        post?: never;
        /** Lift a block. What it ended stays ended. */
        delete: operations["unblock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/case-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the kinds of cases. */
        get: operations["listCaseKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's cases. */
        get: operations["listCases"];
        put?: never;
        /** Open a case: whoever runs this Kith hears of it, and answers in it. */
        post: operations["openCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's cases. */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was said in one of one's cases. */
        get: operations["listCaseMessages"];
        put?: never;
        /** Write into one of one's cases. A closed one is open again. */
        post: operations["writeInCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List categories with their subcategories. No token is needed. */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's chats in which something was said. */
        get: operations["listChats"];
        put?: never;
        /** Open the chat with somebody: the same from both sides, and the same each time. */
        post: operations["openChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chats/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One chat. */
        get: operations["getChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chats/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the messages of a chat. */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message.
         * @description Under a `client_id` (or an `Idempotency-Key`) it is one message, however often it is sent: a repeat is
         *     answered with what the first made.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chats/{id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove one's own message, for both. */
        delete: operations["removeMessage"];
        options?: never;
        head?: never;
        /** Give one's own message another text. */
        patch: operations["editMessage"];
        trace?: never;
    };
    "/api/v1/chats/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a chat as read up to a message. Less than was read before changes nothing. */
        post: operations["readChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List cities. No token is needed. */
        get: operations["listCities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connection-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List requests that came or that one sent. */
        get: operations["listConnectionRequests"];
        put?: never;
        /**
         * Ask somebody to connect.
         * @description When a request of theirs is pending, it is accepted instead and answered: two requests that cross
         *     make a connection.
         */
        post: operations["sendConnectionRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connection-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request that one is part of. */
        get: operations["getConnectionRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connection-requests/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a request that came: both are connected. Again changes nothing. */
        post: operations["acceptConnectionRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connection-requests/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a request back that one sent. Its notification goes with it. Again changes nothing. */
        post: operations["cancelConnectionRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connection-requests/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a request that came. Again changes nothing. */
        post: operations["rejectConnectionRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's connections. */
        get: operations["listConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a connection. Nobody is told; either may ask again. */
        delete: operations["removeConnection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search listings.
         * @description No token is needed; with one, `saved` is told, and listings of people in a block with oneself are not there.
         */
        get: operations["searchListings"];
        put?: never;
        /** Make a listing. An account has at most 200. */
        post: operations["createListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/listings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One listing. */
        get: operations["getListing"];
        put?: never;
        post?: never;
        /** Take one's own listing away, with its pictures and reviews. */
        delete: operations["removeListing"];
        options?: never;
        head?: never;
        /** Change one's own listing. */
        patch: operations["changeListing"];
        trace?: never;
    };
    "/api/v1/listings/{id}/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a picture to one's own listing; the first is its main one.
         * @description The body is the file itself: JPEG, PNG or WebP by its content, at most 5 MiB and 40 megapixels. It is kept
         *     upright, without metadata, with at most 1,600 pixels on the longer side. A listing has at most 20.
         */
        post: operations["addListingPicture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/listings/{id}/pictures/{picture_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a picture of one's own listing. When it was the main one, the oldest of the others is. */
        delete: operations["removeListingPicture"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/listings/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the reviews of a listing.
         * @description No token is needed; with one, reviews of people in a block with oneself are not there.
         */
        get: operations["listReviews"];
        put?: never;
        /** Review a listing, once. */
        post: operations["writeReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own account. */
        get: operations["me"];
        put?: never;
        post?: never;
        /**
         * Delete one's own account, for good.
         * @description Its sessions end, its names are free at once, and what it told others goes from their inboxes.
         */
        delete: operations["deleteMe"];
        options?: never;
        head?: never;
        /** Change one's own account. */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/v1/me/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's addresses, of which there are at most 100. */
        get: operations["listAddresses"];
        put?: never;
        /** Keep an address. */
        post: operations["createAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/addresses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's addresses. */
        get: operations["getAddress"];
        /** Move one of one's addresses to another city. */
        put: operations["changeAddress"];
        post?: never;
        /** Remove one of one's addresses. */
        delete: operations["removeAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set one's own picture.
         * @description The body is the file itself: JPEG, PNG or WebP by its content, at most 5 MiB and 40 megapixels. It is
         *     kept upright, without metadata, with at most 512 pixels on the longer side.
         */
        put: operations["setAvatar"];
        post?: never;
        /** Remove one's own picture; none there is fine. */
        delete: operations["removeAvatar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's own email.
         * @description It takes the place of the old one once the link in a mail to it is followed; until then it is the
         *     account's `pending_email`. The email that the account bears already changes nothing.
         */
        post: operations["changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that is kept of one's own account, as a file. */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own listings. */
        get: operations["listOwnListings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's own password.
         * @description Every session of the account ends, the one that asks too; the answer is a new one.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's preferences. */
        get: operations["myPreferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change one's preferences. */
        patch: operations["changeMyPreferences"];
        trace?: never;
    };
    "/api/v1/me/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the reviews that one has written. */
        get: operations["listOwnReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/saved-listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what one has saved. */
        get: operations["listSavedListings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/saved-listings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Save a listing. Again changes nothing. */
        put: operations["saveListing"];
        post?: never;
        /** Forget a saved listing. */
        delete: operations["forgetListing"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's notifications. */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark as read what came with a version of the inbox or before. */
        post: operations["readThrough"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what is unread. */
        get: operations["countUnread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One notification. */
        get: operations["getNotification"];
        put?: never;
        post?: never;
        /** Remove one notification. */
        delete: operations["removeNotification"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark one notification as read. Again changes nothing. */
        post: operations["readNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password with the token of a mail's link. Every session of the account ends. */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-reset/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a mail whose link sets a new password.
         * @description The answer is the same whether or not the account is there. At most one mail in 30 seconds leaves for
         *     an account; its link works once, for an hour.
         */
        post: operations["askPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List those of one's connections who have an open socket. Whoever hides their presence is not among them.
         * @description Of somebody with more than 1,000 connections a page may be short or empty: there is more while it has a `next`.
         *     Sockets are told who comes and goes (`presence`).
         */
        get: operations["listPresence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provinces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List provinces. No token is needed. */
        get: operations["listProvinces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's reports. */
        get: operations["listReports"];
        put?: never;
        /**
         * Report something to the staff.
         * @description While a report of the same thing waits, there is no other: that one takes the new words, unless somebody of the
         *     staff looks at it already. A block keeps nobody from reporting an account, or a message that they got.
         */
        post: operations["report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of one's reports. */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take one's own review away. */
        delete: operations["removeReview"];
        options?: never;
        head?: never;
        /** Change one's own review. */
        patch: operations["changeReview"];
        trace?: never;
    };
    "/api/v1/reviews/{id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Answer a review of one's own listing, in place of an earlier answer. */
        put: operations["answerReview"];
        post?: never;
        /** Take one's answer to a review back; none there is fine. */
        delete: operations["takeReplyBack"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's live sessions. */
        get: operations["listSessions"];
        put?: never;
        /** Sign in. */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out: end the session that asks. */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade the newest refresh token for a new pair.
         * @description Each refresh token works once. The one before the newest is answered with the newest again for
         *     ten seconds (two tabs); any older one ends the session.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/revoke-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all of one's sessions but the one that asks. */
        post: operations["revokeOtherSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of one's sessions: its tokens and its sockets end with it. */
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List skills. No token is needed. */
        get: operations["listSkills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List whom one may want to connect with.
         * @description Best first: by mutual connections, then the same company, industry and city. `next` is always null.
         */
        get: operations["listSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suggestions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Dismiss a suggestion: this person is not suggested again. Again changes nothing. */
        delete: operations["dismissSuggestion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search people. Whoever is in a block with the caller is not there. */
        get: operations["searchUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person. */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a socket.
         * @description Authenticate by `Authorization: Bearer TOKEN`, by the subprotocol `bearer, TOKEN`, or by a
         *     ticket. The frames are described at `/docs/gateway`, and in the AsyncAPI document `/docs/asyncapi.json`.
         */
        get: operations["openSocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a ticket that opens one socket. */
        post: operations["createSocketTicket"];
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
        /** @description One's own account. */
        AccountBody: {
            /** @description Whether it may sign in. */
            active: boolean;
            /** @description A postal address. */
            address?: string | null;
            /**
             * @description The path of a picture, to be put behind the address of this API.
             * @example /media/avatars/0123456789abcdef0123456789abcdef.jpg
             */
            avatar?: string | null;
            /** @description Where the person works. */
            company_name?: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /** @description Its email. */
            email?: string | null;
            /** @description Whether the email is confirmed. */
            email_confirmed: boolean;
            /** @description Whether a mail server has refused the email for good. */
            email_undeliverable: boolean;
            /** @description The person's name. */
            full_name?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description In which line. */
            industry?: string | null;
            pending_email?: components["schemas"]["PendingEmailBody"] | null;
            /** @description A phone number. */
            phone?: string | null;
            /** @description Its name. */
            username: string;
        };
        /** @description The token of an activation link. */
        ActivateBody: {
            /** @description 64 hexadecimal characters. */
            token: string;
        };
        /** @description Who did something. */
        ActorBody: {
            /**
             * @description The path of a picture, to be put behind the address of this API.
             * @example /media/avatars/0123456789abcdef0123456789abcdef.jpg
             */
            avatar?: string | null;
            /** @description The person's name. */
            full_name?: string | null;
            /**
             * Format: int64
             * @description The account.
             */
            id: number;
            /** @description Its name. */
            username: string;
        };
        /** @description One of one's addresses. */
        AddressBody: {
            /** @description In which city. */
            city: components["schemas"]["CityBody"];
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description In which province. */
            province: components["schemas"]["ProvinceBody"];
        };
        /** @description Something that somebody of the staff did. */
        AuditEntryBody: {
            /**
             * @description What was done.
             * @example report.resolve
             */
            action: string;
            /**
             * Format: date-time
             * @description When.
             */
            created_at: string;
            /** @description What was set. */
            detail: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int64
             * @description Who did it. The account may be gone since.
             */
            staff_id: number;
            /** @description The username that they had. */
            staff_name: string;
            /**
             * @description The kind of thing that it was done to.
             * @example report
             */
            subject: string;
            /**
             * Format: int64
             * @description Which. It may be gone since.
             */
            subject_id: number;
        };
        /** @description Somebody whom one has blocked. */
        BlockBody: {
            /**
             * Format: date-time
             * @description Since when.
             */
            blocked_at: string;
            /** @description Who. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description A listing, as lists show it. */
        CardBody: {
            /** @description What it is sorted by. */
            category: components["schemas"]["TitledBody"];
            /** @description In which city. */
            city: components["schemas"]["CityBody"];
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /** @description More of it. */
            description?: string | null;
            /** @description What an hour costs, in words. */
            hourly_price?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it costs to begin, in words. */
            initial_cost?: string | null;
            main_picture?: components["schemas"]["PictureBody"] | null;
            /** @description In which province. */
            province: components["schemas"]["ProvinceBody"];
            /** @description The stars of its reviews. */
            rating: components["schemas"]["RatingBody"];
            /** @description Whether one has saved it. */
            saved: boolean;
            /** @description And within that. */
            subcategory: components["schemas"]["TitledBody"];
            /** @description What is offered. */
            title: string;
            /**
             * Format: date-time
             * @description When its owner last changed it.
             */
            updated_at: string;
            /** @description Whose it is. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description Something that one asks whoever runs this Kith. */
        CaseBody: {
            /**
             * Format: date-time
             * @description When it was closed; `null` while it is open.
             */
            closed_at?: string | null;
            /**
             * Format: date-time
             * @description When it was opened.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Of which kind it is. */
            kind: components["schemas"]["CaseKindBody"];
            /** @description What it is about. */
            title: string;
            /**
             * Format: date-time
             * @description When something was last said in it.
             */
            updated_at: string;
        };
        /** @description What cases are sorted by. */
        CaseKindBody: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it is called. */
            title: string;
        };
        /** @description What was said in a case. */
        CaseMessageBody: {
            /**
             * Format: date-time
             * @description When.
             */
            created_at: string;
            /** @description Whether the staff say it. */
            from_staff: boolean;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it says. */
            text: string;
        };
        /** @description A category. */
        CategoryBody: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What its listings are sorted by. */
            subcategories: components["schemas"]["TitledBody"][];
            /**
             * @description What it is called.
             * @example Home services
             */
            title: string;
        };
        /** @description A new email. */
        ChangeEmailBody: {
            /** @description An email address. */
            email: string;
            /** @description One's password. */
            password: string;
        };
        /** @description What is to change: what is left out stays, `null` empties. */
        ChangeListingBody: {
            /**
             * Format: int64
             * @description Where it is.
             */
            city_id?: number | null;
            /** @description More of it. */
            description?: string | null;
            /** @description What one has done before. */
            experiences?: string | null;
            /** @description What an hour costs, in words. */
            hourly_price?: string | null;
            /** @description What it costs to begin, in words. */
            initial_cost?: string | null;
            /**
             * Format: int64
             * @description The picture that stands for it, one of its own.
             */
            main_picture_id?: number | null;
            /** @description All that it takes. */
            skills?: string[] | null;
            /**
             * Format: int64
             * @description What it is sorted by.
             */
            subcategory_id?: number | null;
            /** @description When it is open, the whole of it. */
            timetable?: components["schemas"]["DayBody"][] | null;
            /** @description What is offered. */
            title?: string | null;
        };
        /** @description What is to change: what is left out stays, `null` empties. */
        ChangeMeBody: {
            /**
             * @description A postal address, at most 500 characters.
             * @default null
             */
            address?: string | null;
            /**
             * @description Where the person works, at most 150 characters.
             * @default null
             */
            company_name?: string | null;
            /**
             * @description The person's name, at most 150 characters.
             * @default null
             */
            full_name?: string | null;
            /**
             * @description In which line, at most 150 characters.
             * @default null
             */
            industry?: string | null;
            /**
             * @description A phone number: 7 to 15 digits, perhaps after a plus.
             * @default null
             */
            phone?: string | null;
            /**
             * @description A new username.
             * @default null
             */
            username?: string | null;
        };
        /** @description A new password. */
        ChangePasswordBody: {
            /** @description The one until now. */
            current_password: string;
            /** @description The new one, by the rules of registration. */
            password: string;
        };
        /** @description What is to change: what is left out stays. */
        ChangePreferencesBody: {
            /**
             * @description Whether others are told when one is there; at first they are.
             * @default null
             */
            show_presence?: boolean | null;
            /**
             * @description Whether one is suggested to others; at first one is.
             * @default null
             */
            suggestable?: boolean | null;
            /**
             * @description Whether mails tell of messages that stay unread; at first they don't.
             * @default null
             */
            unread_mails?: boolean | null;
        };
        /** @description What is to change: what is left out stays. */
        ChangeReviewBody: {
            /**
             * Format: int64
             * @description Stars, 1 to 5.
             * @default null
             */
            rating?: number | null;
            /**
             * @description What it says.
             * @default null
             */
            text?: string | null;
            /**
             * @description Its first line.
             * @default null
             */
            title?: string | null;
        };
        /** @description How many jobs were changed. */
        ChangedJobsBody: {
            /**
             * Format: int64
             * @description So many, at most 1,000 at once.
             */
            count: number;
            /**
             * @description What to pass as `cursor` for the next part; `null` when none is left of those that were there at first, but for
             *     those that somebody else was changing.
             */
            next?: string | null;
        };
        /** @description A chat. */
        ChatBody: {
            /**
             * Format: date-time
             * @description When it was opened.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            last_message?: components["schemas"]["MessageBody"] | null;
            /** @description How far one has read. */
            own_mark: components["schemas"]["MarkBody"];
            /** @description How far the other has. */
            their_mark: components["schemas"]["MarkBody"];
            /**
             * Format: int64
             * @description Messages that one has not read.
             */
            unread: number;
            /** @description The other one. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description What reading came to. */
        ChatReadBody: {
            /** @description How far one has read now. */
            mark: components["schemas"]["MarkBody"];
            /**
             * Format: int64
             * @description How many messages were unread before.
             */
            read: number;
            /** @description What is unread now, in the whole inbox. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version now.
             */
            version: number;
        };
        /** @description A city. */
        CityBody: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its official name, in Persian. */
            name: string;
            /** @description Its name in English, if it has one. */
            name_en?: string | null;
            /**
             * Format: int64
             * @description The province that it lies in.
             */
            province_id: number;
        };
        /** @description A connection as one of the two sees it. */
        ConnectionBody: {
            /**
             * Format: date-time
             * @description Since when.
             */
            connected_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description The other one. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description A message to whoever runs this Kith. */
        ContactMessageBody: {
            /**
             * Format: date-time
             * @description When it came.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it says. */
            message: string;
            /** @description Which conversation it belongs to. */
            room: string;
        };
        /** @description A listing that is to be made. */
        CreateListingBody: {
            /**
             * Format: int64
             * @description Where it is; that says the province too.
             */
            city_id: number;
            /** @description More of it, at most 5,000 characters. */
            description?: string | null;
            /** @description What one has done before, at most 5,000 characters. */
            experiences?: string | null;
            /** @description What an hour costs, in words, at most 200 characters. */
            hourly_price?: string | null;
            /** @description What it costs to begin, in words, at most 200 characters. */
            initial_cost?: string | null;
            /** @description What it takes, at most 30 titles; those that are not known are made. */
            skills?: string[];
            /**
             * Format: int64
             * @description What it is sorted by; that says the category too.
             */
            subcategory_id: number;
            /** @description When it is open. */
            timetable?: components["schemas"]["DayBody"][];
            /** @description What is offered, at most 200 characters. */
            title: string;
        };
        /** @description When something is open on a day of the week. */
        DayBody: {
            /**
             * @description `monday` to `sunday`.
             * @example friday
             */
            day: string;
            /** @description In their order; none when it is closed. */
            slots: components["schemas"]["SlotBody"][];
        };
        /** @description A job that failed for good. */
        DeadJobBody: {
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            asked_at: string;
            /**
             * Format: int64
             * @description How often it was tried.
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            died_at: string;
            /** @description What went wrong at last. */
            error: string;
            /**
             * Format: int64
             * @description Its number among the dead.
             */
            id: number;
            /**
             * @description What it asked for.
             * @example account_activation
             */
            name: string;
            /** @description What it carries: ids, never a secret. What is no JSON is shown as text. */
            payload: unknown;
            /**
             * @description The queue that it waited in; of one that another version wrote, perhaps one that this version does not know.
             * @example email
             */
            queue: string;
        };
        /** @description That it is meant. */
        DeleteMeBody: {
            /** @description One's password. */
            password: string;
        };
        /** @description Somebody who is not suggested again. */
        DismissedBody: {
            /**
             * Format: date-time
             * @description Since when.
             */
            dismissed_at: string;
            /** @description Who. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description What it is to say. */
        EditMessageBody: {
            /** @description The text, at most 4,000 characters. */
            text: string;
        };
        /** @description Everything that is kept of an account. */
        ExportBody: {
            /** @description The account itself. */
            account: components["schemas"]["AccountBody"];
            /** @description Its addresses, oldest first. */
            addresses: components["schemas"]["AddressBody"][];
            /** @description Whom it blocks, newest first. */
            blocks: components["schemas"]["BlockBody"][];
            /** @description Its cases, newest first, with what was said in each. */
            cases: components["schemas"]["WholeCaseBody"][];
            /**
             * @description Its chats in which something was said, the newest message first. One with somebody in a block with it is as
             *     if it were not there.
             */
            chats: components["schemas"]["WholeChatBody"][];
            /** @description The requests that it sent or was sent, newest first. */
            connection_requests: components["schemas"]["RequestBody"][];
            /** @description Its connections, newest first. */
            connections: components["schemas"]["ConnectionBody"][];
            /** @description What it wrote to whoever runs this Kith, newest first. */
            contact_messages: components["schemas"]["ContactMessageBody"][];
            /** @description Who is not suggested to it again, newest account first. */
            dismissed_suggestions: components["schemas"]["DismissedBody"][];
            /** @description What it offers, oldest first. */
            listings: components["schemas"]["ListingBody"][];
            /** @description Its inbox, newest first. */
            notifications: components["schemas"]["NotificationBody"][];
            /** @description What its owner has chosen. */
            preferences: components["schemas"]["PreferencesBody"];
            /** @description What it reported, newest first. */
            reports: components["schemas"]["ReportBody"][];
            /** @description What it wrote of others' listings, newest first. */
            reviews: components["schemas"]["ReviewBody"][];
            /** @description The listings that it keeps, the last saved first. */
            saved_listings: components["schemas"]["SavedBody"][];
            /** @description Its live sessions, newest first. */
            sessions: components["schemas"]["SessionBody"][];
        };
        /** @description What became of jobs, minute by minute. */
        HistoryBody: {
            /**
             * Format: date-time
             * @description When the first minute begins. The last has not ended.
             */
            begins_at: string;
            /** @description Each queue's. */
            queues: components["schemas"]["QueueHistoryBody"][];
        };
        /** @description A part of an inbox. */
        InboxBody: {
            /** @description Notifications, newest first. */
            items: components["schemas"]["NotificationBody"][];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
            /** @description What is unread in the whole inbox. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version: a socket can resume from it.
             */
            version: number;
        };
        /** @description A job that is not done. */
        JobBody: {
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            asked_at: string;
            /**
             * Format: int64
             * @description How often it was tried.
             */
            attempts: number;
            /** @description What went wrong at the last try; `null` when nothing did yet. */
            error?: string | null;
            /**
             * Format: date-time
             * @description While it is handed to a worker, when it counts as lost and is handed out again; else `null`.
             */
            held_until?: string | null;
            /** @description The worker that has it, where that is known. */
            holder?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * @description What it asks for.
             * @example account_activation
             */
            name: string;
            /**
             * Format: date-time
             * @description When it may be tried; `null` while it is handed to a worker.
             */
            next_try_at?: string | null;
            /** @description What it carries: ids, never a secret. What is no JSON is shown as text. */
            payload: unknown;
            /**
             * @description The queue that it waits in; of one that another version wrote, perhaps one that this version does not know.
             * @example email
             */
            queue: string;
            /** @description Where it stands. */
            state: components["schemas"]["JobStateName"];
        };
        /** @description Which jobs; all, when neither a queue nor a name is given. */
        JobFilterBody: {
            /** @description The `next` of the part before, to go on with the same jobs. */
            cursor?: string | null;
            /** @description Those of a name. */
            name?: string | null;
            queue?: components["schemas"]["QueueName"] | null;
        };
        /**
         * @description Where jobs stand.
         * @enum {string}
         */
        JobStateName: "waiting" | "running" | "failed";
        /** @description A listing with all that its owner tells of it. */
        ListingBody: components["schemas"]["CardBody"] & {
            /** @description What its owner has done before. */
            experiences?: string | null;
            /** @description Its pictures, oldest first. */
            pictures: components["schemas"]["PictureBody"][];
            /** @description What it takes. */
            skills: components["schemas"]["TitledBody"][];
            /** @description When it is open, by day from Monday on; days that are not there are not told of. */
            timetable: components["schemas"]["DayBody"][];
        };
        /** @description How far somebody has read in a chat. */
        MarkBody: {
            /**
             * Format: int64
             * @description Who has read.
             */
            account_id: number;
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /**
             * Format: date-time
             * @description When.
             */
            read_at?: string | null;
            /**
             * Format: int64
             * @description The newest message that they have read; 0 before the first.
             */
            through: number;
        };
        /** @description A message. */
        MessageBody: {
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /** @description The sender's own name for it. */
            client_id?: string | null;
            /**
             * Format: date-time
             * @description When it was sent.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When its text was last changed.
             */
            edited_at?: string | null;
            /**
             * Format: int64
             * @description Its number: in one chat a later message has a higher one.
             */
            id: number;
            /**
             * Format: int64
             * @description To whom.
             */
            receiver_id: number;
            /**
             * Format: int64
             * @description Who wrote it.
             */
            sender_id: number;
            /** @description Its text. */
            text: string;
        };
        /** @description What to make. */
        NewSubcategoryBody: {
            /**
             * Format: int64
             * @description Its category.
             */
            category_id: number;
            /** @description What it is called, at most 100 characters; no other of the category is called so. */
            title: string;
        };
        /** @description A notification. */
        NotificationBody: {
            actor?: components["schemas"]["ActorBody"] | null;
            /** @description A text of its own, which a person wrote. */
            body?: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * @description What it tells: `requested`, `accepted`, `rejected`, `listing_reviewed`, `review_answered`,
             *     `case_answered`, `report_resolved`, `note` (its body alone), or what a newer version adds.
             * @example requested
             */
            kind: string;
            /**
             * Format: date-time
             * @description When it was read.
             */
            read_at?: string | null;
            /**
             * Format: int64
             * @description The connection request that it is about.
             */
            request_id?: number | null;
            /**
             * Format: int64
             * @description What else it is about: the listing (`listing_reviewed`, `review_answered`), the case (`case_answered`) or
             *     the report (`report_resolved`).
             */
            subject_id?: number | null;
            /**
             * Format: int64
             * @description The inbox's version of its last change.
             */
            version: number;
        };
        /** @description With whom. */
        OpenBody: {
            /**
             * Format: int64
             * @description The account to write with.
             */
            account_id: number;
        };
        /** @description What to ask. */
        OpenCaseBody: {
            /**
             * Format: int64
             * @description Of which kind it is.
             */
            kind_id: number;
            /** @description What it is about, at most 200 characters. */
            title: string;
        };
        /**
         * @description What becomes of what was reported.
         * @enum {string}
         */
        OutcomeParameter: "dismissed" | "removed" | "suspended";
        /** @description A part of a list. */
        PageBody_AddressBody: {
            /** @description The items, newest first. */
            items: {
                /** @description In which city. */
                city: components["schemas"]["CityBody"];
                /**
                 * Format: date-time
                 * @description When it was made.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description In which province. */
                province: components["schemas"]["ProvinceBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_AuditEntryBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * @description What was done.
                 * @example report.resolve
                 */
                action: string;
                /**
                 * Format: date-time
                 * @description When.
                 */
                created_at: string;
                /** @description What was set. */
                detail: {
                    [key: string]: unknown;
                };
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /**
                 * Format: int64
                 * @description Who did it. The account may be gone since.
                 */
                staff_id: number;
                /** @description The username that they had. */
                staff_name: string;
                /**
                 * @description The kind of thing that it was done to.
                 * @example report
                 */
                subject: string;
                /**
                 * Format: int64
                 * @description Which. It may be gone since.
                 */
                subject_id: number;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_BlockBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description Since when.
                 */
                blocked_at: string;
                /** @description Who. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_CardBody: {
            /** @description The items, newest first. */
            items: {
                /** @description What it is sorted by. */
                category: components["schemas"]["TitledBody"];
                /** @description In which city. */
                city: components["schemas"]["CityBody"];
                /**
                 * Format: date-time
                 * @description When it was made.
                 */
                created_at: string;
                /** @description More of it. */
                description?: string | null;
                /** @description What an hour costs, in words. */
                hourly_price?: string | null;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What it costs to begin, in words. */
                initial_cost?: string | null;
                main_picture?: components["schemas"]["PictureBody"] | null;
                /** @description In which province. */
                province: components["schemas"]["ProvinceBody"];
                /** @description The stars of its reviews. */
                rating: components["schemas"]["RatingBody"];
                /** @description Whether one has saved it. */
                saved: boolean;
                /** @description And within that. */
                subcategory: components["schemas"]["TitledBody"];
                /** @description What is offered. */
                title: string;
                /**
                 * Format: date-time
                 * @description When its owner last changed it.
                 */
                updated_at: string;
                /** @description Whose it is. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_CaseBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was closed; `null` while it is open.
                 */
                closed_at?: string | null;
                /**
                 * Format: date-time
                 * @description When it was opened.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description Of which kind it is. */
                kind: components["schemas"]["CaseKindBody"];
                /** @description What it is about. */
                title: string;
                /**
                 * Format: date-time
                 * @description When something was last said in it.
                 */
                updated_at: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_CaseKindBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What it is called. */
                title: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_CaseMessageBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When.
                 */
                created_at: string;
                /** @description Whether the staff say it. */
                from_staff: boolean;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What it says. */
                text: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_CategoryBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What its listings are sorted by. */
                subcategories: components["schemas"]["TitledBody"][];
                /**
                 * @description What it is called.
                 * @example Home services
                 */
                title: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_ChatBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was opened.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                last_message?: components["schemas"]["MessageBody"] | null;
                /** @description How far one has read. */
                own_mark: components["schemas"]["MarkBody"];
                /** @description How far the other has. */
                their_mark: components["schemas"]["MarkBody"];
                /**
                 * Format: int64
                 * @description Messages that one has not read.
                 */
                unread: number;
                /** @description The other one. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_CityBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description Its official name, in Persian. */
                name: string;
                /** @description Its name in English, if it has one. */
                name_en?: string | null;
                /**
                 * Format: int64
                 * @description The province that it lies in.
                 */
                province_id: number;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_ConnectionBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description Since when.
                 */
                connected_at: string;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description The other one. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_DeadJobBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was asked for.
                 */
                asked_at: string;
                /**
                 * Format: int64
                 * @description How often it was tried.
                 */
                attempts: number;
                /**
                 * Format: date-time
                 * @description When it was given up.
                 */
                died_at: string;
                /** @description What went wrong at last. */
                error: string;
                /**
                 * Format: int64
                 * @description Its number among the dead.
                 */
                id: number;
                /**
                 * @description What it asked for.
                 * @example account_activation
                 */
                name: string;
                /** @description What it carries: ids, never a secret. What is no JSON is shown as text. */
                payload: unknown;
                /**
                 * @description The queue that it waited in; of one that another version wrote, perhaps one that this version does not know.
                 * @example email
                 */
                queue: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_JobBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was asked for.
                 */
                asked_at: string;
                /**
                 * Format: int64
                 * @description How often it was tried.
                 */
                attempts: number;
                /** @description What went wrong at the last try; `null` when nothing did yet. */
                error?: string | null;
                /**
                 * Format: date-time
                 * @description While it is handed to a worker, when it counts as lost and is handed out again; else `null`.
                 */
                held_until?: string | null;
                /** @description The worker that has it, where that is known. */
                holder?: string | null;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /**
                 * @description What it asks for.
                 * @example account_activation
                 */
                name: string;
                /**
                 * Format: date-time
                 * @description When it may be tried; `null` while it is handed to a worker.
                 */
                next_try_at?: string | null;
                /** @description What it carries: ids, never a secret. What is no JSON is shown as text. */
                payload: unknown;
                /**
                 * @description The queue that it waits in; of one that another version wrote, perhaps one that this version does not know.
                 * @example email
                 */
                queue: string;
                /** @description Where it stands. */
                state: components["schemas"]["JobStateName"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_MessageBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description The chat.
                 */
                chat_id: number;
                /** @description The sender's own name for it. */
                client_id?: string | null;
                /**
                 * Format: date-time
                 * @description When it was sent.
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When its text was last changed.
                 */
                edited_at?: string | null;
                /**
                 * Format: int64
                 * @description Its number: in one chat a later message has a higher one.
                 */
                id: number;
                /**
                 * Format: int64
                 * @description To whom.
                 */
                receiver_id: number;
                /**
                 * Format: int64
                 * @description Who wrote it.
                 */
                sender_id: number;
                /** @description Its text. */
                text: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_PersonBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * @description The path of a picture, to be put behind the address of this API.
                 * @example /media/avatars/0123456789abcdef0123456789abcdef.jpg
                 */
                avatar?: string | null;
                /** @description Where the person works. */
                company_name?: string | null;
                /** @description The person's name. */
                full_name?: string | null;
                /**
                 * Format: int64
                 * @description The account.
                 */
                id: number;
                /** @description In which line. */
                industry?: string | null;
                /** @description Its name. */
                username: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_PresenceBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When they were last seen: some seconds ago at most.
                 */
                last_seen: string;
                /** @description Who. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_ProvinceBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description Its official name, in Persian. */
                name: string;
                /** @description Its name in English, if it has one. */
                name_en?: string | null;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_QueueBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description Jobs that failed for good.
                 */
                dead: number;
                /**
                 * Format: int64
                 * @description How many of those two a worker may take now.
                 */
                due: number;
                /**
                 * Format: int64
                 * @description Jobs that failed and wait for their next try.
                 */
                failed: number;
                /**
                 * Format: date-time
                 * @description Since when the oldest of those that are due is; `null` when none is.
                 */
                oldest_at?: string | null;
                /** @description Which. */
                queue: components["schemas"]["QueueName"];
                /**
                 * Format: int64
                 * @description Jobs that are handed to a worker: in the queue's window, or being done.
                 */
                running: number;
                /**
                 * Format: int64
                 * @description Jobs that wait for their first try.
                 */
                waiting: number;
                /**
                 * Format: int64
                 * @description Jobs in the queue's window that no worker has begun; `null` when Redis does not answer.
                 */
                window?: number | null;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_ReportBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was made.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What is wrong with it. */
                message: string;
                /** @description What the staff say about that. */
                note?: string | null;
                /** @description What became of it: `dismissed`, `removed`, `suspended`; `null` until then. */
                outcome?: string | null;
                /**
                 * Format: date-time
                 * @description When it was resolved.
                 */
                resolved_at?: string | null;
                /**
                 * @description Where it stands: `waiting`, `claimed` (somebody of the staff looks at it) or `resolved`.
                 * @example waiting
                 */
                state: string;
                /**
                 * @description What kind of thing is reported: `listing`, `review`, `message` or `account`.
                 * @example message
                 */
                subject: string;
                /**
                 * Format: int64
                 * @description Which. It may be gone since.
                 */
                subject_id: number;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_RequestBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was sent.
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When it was decided.
                 */
                decided_at?: string | null;
                /** @description Who asks. */
                from: components["schemas"]["PersonBody"];
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What the sender wrote. */
                message?: string | null;
                /**
                 * @description Where it stands: `pending`, `accepted`, `rejected` or `cancelled`.
                 * @example pending
                 */
                status: string;
                /** @description Who is asked. */
                to: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_ReviewBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was written.
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When it was last changed.
                 */
                edited_at?: string | null;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /**
                 * Format: int64
                 * @description Of which listing.
                 */
                listing_id: number;
                /**
                 * Format: int64
                 * @description Stars, 1 to 5.
                 */
                rating: number;
                /**
                 * Format: date-time
                 * @description When.
                 */
                replied_at?: string | null;
                /** @description What the listing's owner answers. */
                reply?: string | null;
                /** @description What it says. */
                text: string;
                /** @description Its first line. */
                title: string;
                /** @description Whose it is. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_SavedBody: {
            /** @description The items, newest first. */
            items: {
                /** @description The listing. */
                listing: components["schemas"]["CardBody"];
                /**
                 * Format: date-time
                 * @description When one saved it.
                 */
                saved_at: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_SessionBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it began.
                 */
                created_at: string;
                /** @description Whether it is the one that asks. */
                current: boolean;
                /**
                 * Format: date-time
                 * @description When it ends at the latest.
                 */
                expires_at: string;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /**
                 * Format: date-time
                 * @description When it was last refreshed.
                 */
                refreshed_at: string;
                /** @description What the client called itself. */
                user_agent?: string | null;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_StaffCaseBody: {
            /** @description The items, newest first. */
            items: (components["schemas"]["CaseBody"] & {
                /** @description Whose it is. */
                user: components["schemas"]["PersonBody"];
            })[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_StaffCaseMessageBody: {
            /** @description The items, newest first. */
            items: (components["schemas"]["CaseMessageBody"] & {
                user?: components["schemas"]["PersonBody"] | null;
            })[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_StaffContactMessageBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: date-time
                 * @description When it came.
                 */
                created_at: string;
                /** @description The account's email, else the one that the sender claims. */
                email?: string | null;
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /** @description What it says. */
                message: string;
                /** @description The username of the account that sent it, else the name that the sender claims. */
                name: string;
                /** @description Which conversation it belongs to. */
                room: string;
                /** @description Whether an account sent it, whose name and email they are. */
                verified: boolean;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_StaffReportBody: {
            /** @description The items, newest first. */
            items: (components["schemas"]["ReportBody"] & {
                claimed_by?: components["schemas"]["PersonBody"] | null;
                /** @description What it said when it was first reported. */
                quoted?: string | null;
                /** @description Who made it. */
                reporter: components["schemas"]["PersonBody"];
                resolved_by?: components["schemas"]["PersonBody"] | null;
                user?: components["schemas"]["PersonBody"] | null;
            })[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_SuggestionBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description With how many of one's connections they are connected.
                 */
                mutual_connections: number;
                /** @description Why, at least one. */
                reasons: components["schemas"]["Reason"][];
                /** @description Who. */
                user: components["schemas"]["PersonBody"];
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description A part of a list. */
        PageBody_TitledBody: {
            /** @description The items, newest first. */
            items: {
                /**
                 * Format: int64
                 * @description Its number.
                 */
                id: number;
                /**
                 * @description What it is called.
                 * @example Gardening
                 */
                title: string;
            }[];
            /** @description What to pass as `cursor` for the next part; `null` at the end. */
            next?: string | null;
        };
        /** @description An email that waits for its confirmation. */
        PendingEmailBody: {
            /** @description The address. */
            email: string;
            /** @description Whether a mail server has refused it for good. */
            undeliverable: boolean;
        };
        /** @description A person. */
        PersonBody: {
            /**
             * @description The path of a picture, to be put behind the address of this API.
             * @example /media/avatars/0123456789abcdef0123456789abcdef.jpg
             */
            avatar?: string | null;
            /** @description Where the person works. */
            company_name?: string | null;
            /** @description The person's name. */
            full_name?: string | null;
            /**
             * Format: int64
             * @description The account.
             */
            id: number;
            /** @description In which line. */
            industry?: string | null;
            /** @description Its name. */
            username: string;
        };
        /** @description A picture of a listing. */
        PictureBody: {
            /**
             * Format: date-time
             * @description When it was uploaded.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * @description The path of its small form, at most 320 pixels on the longer side; null for a moment, until a worker has made it.
             * @example /media/thumbnails/0123456789abcdef0123456789abcdef.jpg
             */
            thumbnail_url?: string | null;
            /**
             * @description The path of the picture, to be put behind the address of this API.
             * @example /media/listings/0123456789abcdef0123456789abcdef.jpg
             */
            url: string;
        };
        /** @description Where an address is. */
        PlaceAddressBody: {
            /**
             * Format: int64
             * @description The city, by its number; it says the province too.
             */
            city_id: number;
        };
        /** @description What one has chosen. */
        PreferencesBody: {
            /** @description Whether others are told when one is there. */
            show_presence: boolean;
            /** @description Whether one is suggested to others. */
            suggestable: boolean;
            /** @description Whether mails tell of messages that stay unread. */
            unread_mails: boolean;
        };
        /** @description Somebody who is there. */
        PresenceBody: {
            /**
             * Format: date-time
             * @description When they were last seen: some seconds ago at most.
             */
            last_seen: string;
            /** @description Who. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description A problem (RFC 9457). */
        ProblemBody: {
            /**
             * @description Which problem it is. Stable.
             * @example not_found
             */
            code: string;
            /** @description What it means here, for people. */
            detail: string;
            /** @description What is wrong, by field. */
            errors?: {
                [key: string]: string[];
            };
            /**
             * Format: int32
             * @description The status.
             * @example 404
             */
            status: number;
            /**
             * @description The status in words.
             * @example Not Found
             */
            title: string;
            /**
             * @description Always `about:blank`: the `code` tells problems apart.
             * @example about:blank
             */
            type: string;
        };
        /** @description A province. */
        ProvinceBody: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its official name, in Persian. */
            name: string;
            /** @description Its name in English, if it has one. */
            name_en?: string | null;
        };
        /** @description A queue, counted. */
        QueueBody: {
            /**
             * Format: int64
             * @description Jobs that failed for good.
             */
            dead: number;
            /**
             * Format: int64
             * @description How many of those two a worker may take now.
             */
            due: number;
            /**
             * Format: int64
             * @description Jobs that failed and wait for their next try.
             */
            failed: number;
            /**
             * Format: date-time
             * @description Since when the oldest of those that are due is; `null` when none is.
             */
            oldest_at?: string | null;
            /** @description Which. */
            queue: components["schemas"]["QueueName"];
            /**
             * Format: int64
             * @description Jobs that are handed to a worker: in the queue's window, or being done.
             */
            running: number;
            /**
             * Format: int64
             * @description Jobs that wait for their first try.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Jobs in the queue's window that no worker has begun; `null` when Redis does not answer.
             */
            window?: number | null;
        };
        /** @description What became of the jobs of a queue: lists with a number a minute. */
        QueueHistoryBody: {
            /** @description Jobs that failed for good. */
            dead: number[];
            /** @description The same of the slowest. */
            delay_max: number[];
            /** @description Microseconds from asked for to done, on average. Mails that wait on purpose do not count. */
            delay_mean: number[];
            /** @description Jobs done. */
            done: number[];
            /** @description The same of the slowest. */
            duration_max: number[];
            /** @description Microseconds in a worker's hand, on average; jobs that are done together take the same. */
            duration_mean: number[];
            /** @description Which. */
            queue: components["schemas"]["QueueName"];
            /** @description Tries that failed and were not the last. */
            retried: number[];
        };
        /**
         * @description The queues.
         * @enum {string}
         */
        QueueName: "notifications" | "email" | "media";
        /** @description The stars of reviews together. */
        RatingBody: {
            /**
             * Format: double
             * @description The mean, 0 without any.
             * @example 4.5
             */
            average: number;
            /**
             * Format: int64
             * @description How many reviews.
             */
            count: number;
        };
        /** @description What marking as read came to. */
        ReadBody: {
            /** @description How many were unread before. */
            read: number;
            /** @description What is unread now. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version now.
             */
            version: number;
        };
        /** @description Up to where a chat is read. */
        ReadChatBody: {
            /**
             * Format: int64
             * @description The newest message that is read.
             */
            through: number;
        };
        /** @description Up to where everything is read. */
        ReadThroughBody: {
            /**
             * Format: int64
             * @description A version of the inbox.
             */
            through: number;
        };
        /**
         * @description Why somebody is suggested.
         * @enum {string}
         */
        Reason: "mutual_connections" | "same_company" | "same_industry" | "same_city";
        /** @description A refresh token. */
        RefreshBody: {
            /** @description The newest of the session. */
            refresh_token: string;
        };
        /** @description A new account: a username, an email, or both. */
        RegisterBody: {
            /** @description An email address. */
            email?: string | null;
            /** @description The person's name, at most 150 characters. */
            full_name?: string | null;
            /** @description 8 to 256 characters; not a common one, not only digits, not like the username, email or name. */
            password: string;
            /** @description 1 to 150 letters, digits and `.+-_`. Without one it is made from the email. */
            username?: string | null;
        };
        /** @description An owner's answer. */
        ReplyBody: {
            /** @description What it says, at most 5,000 characters. */
            text: string;
        };
        /** @description A report. */
        ReportBody: {
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What is wrong with it. */
            message: string;
            /** @description What the staff say about that. */
            note?: string | null;
            /** @description What became of it: `dismissed`, `removed`, `suspended`; `null` until then. */
            outcome?: string | null;
            /**
             * Format: date-time
             * @description When it was resolved.
             */
            resolved_at?: string | null;
            /**
             * @description Where it stands: `waiting`, `claimed` (somebody of the staff looks at it) or `resolved`.
             * @example waiting
             */
            state: string;
            /**
             * @description What kind of thing is reported: `listing`, `review`, `message` or `account`.
             * @example message
             */
            subject: string;
            /**
             * Format: int64
             * @description Which. It may be gone since.
             */
            subject_id: number;
        };
        /** @description A connection request. */
        RequestBody: {
            /**
             * Format: date-time
             * @description When it was sent.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was decided.
             */
            decided_at?: string | null;
            /** @description Who asks. */
            from: components["schemas"]["PersonBody"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What the sender wrote. */
            message?: string | null;
            /**
             * @description Where it stands: `pending`, `accepted`, `rejected` or `cancelled`.
             * @example pending
             */
            status: string;
            /** @description Who is asked. */
            to: components["schemas"]["PersonBody"];
        };
        /** @description Who asks for a mail. */
        ResendBody: {
            /** @description A username or an email. */
            login: string;
        };
        /** @description A new password, and the token of the link that sets it. */
        ResetPasswordBody: {
            /** @description The new password, by the rules of registration. */
            password: string;
            /** @description 64 hexadecimal characters. */
            token: string;
        };
        /** @description What is to become of it. */
        ResolutionBody: {
            /** @description What the reporter is told of it, at most 1,000 characters. */
            note?: string | null;
            /** @description `dismissed`, `removed` (a listing, a review or a message) or `suspended` (the account behind it). */
            outcome: components["schemas"]["OutcomeParameter"];
        };
        /** @description A review. */
        ReviewBody: {
            /**
             * Format: date-time
             * @description When it was written.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            edited_at?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int64
             * @description Of which listing.
             */
            listing_id: number;
            /**
             * Format: int64
             * @description Stars, 1 to 5.
             */
            rating: number;
            /**
             * Format: date-time
             * @description When.
             */
            replied_at?: string | null;
            /** @description What the listing's owner answers. */
            reply?: string | null;
            /** @description What it says. */
            text: string;
            /** @description Its first line. */
            title: string;
            /** @description Whose it is. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description How many sessions ended. */
        RevokedBody: {
            /** @description The number. */
            revoked: number;
        };
        /** @description A listing that one has saved. */
        SavedBody: {
            /** @description The listing. */
            listing: components["schemas"]["CardBody"];
            /**
             * Format: date-time
             * @description When one saved it.
             */
            saved_at: string;
        };
        /** @description Whom to ask. */
        SendBody: {
            /** @description Some words, at most 500 characters. */
            message?: string | null;
            /**
             * Format: int64
             * @description The account to connect with.
             */
            to_user_id: number;
        };
        /** @description What to say. */
        SendMessageBody: {
            /** @description The client's own name for the message, 1 to 64 printable ASCII characters. */
            client_id?: string | null;
            /** @description The text, at most 4,000 characters. */
            text: string;
        };
        /** @description What to report. */
        SendReportBody: {
            /** @description What is wrong with it, at most 1,000 characters. */
            message: string;
            /** @description What kind of thing: `listing`, `review`, `message` or `account`. */
            subject: components["schemas"]["SubjectParameter"];
            /**
             * Format: int64
             * @description Which.
             */
            subject_id: number;
        };
        /** @description A session. */
        SessionBody: {
            /**
             * Format: date-time
             * @description When it began.
             */
            created_at: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /**
             * Format: date-time
             * @description When it ends at the latest.
             */
            expires_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was last refreshed.
             */
            refreshed_at: string;
            /** @description What the client called itself. */
            user_agent?: string | null;
        };
        /** @description Who signs in. */
        SignInBody: {
            /** @description A username or an email. */
            login: string;
            /** @description The password. */
            password: string;
        };
        /** @description A session that begins. */
        SignedInBody: components["schemas"]["TokensBody"] & {
            /** @description Whose it is. */
            account: components["schemas"]["AccountBody"];
        };
        /** @description From when until when something is open. */
        SlotBody: {
            /**
             * @description The first moment after it.
             * @example 17:30:00
             */
            ends: string;
            /**
             * @description The first moment, `HH:MM` or `HH:MM:SS`.
             * @example 09:00:00
             */
            starts: string;
        };
        /** @description A case, and whose it is. */
        StaffCaseBody: components["schemas"]["CaseBody"] & {
            /** @description Whose it is. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description What was said in a case, and who wrote it. */
        StaffCaseMessageBody: components["schemas"]["CaseMessageBody"] & {
            user?: components["schemas"]["PersonBody"] | null;
        };
        /** @description A message to whoever runs this Kith, and who sent it. */
        StaffContactMessageBody: {
            /**
             * Format: date-time
             * @description When it came.
             */
            created_at: string;
            /** @description The account's email, else the one that the sender claims. */
            email?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it says. */
            message: string;
            /** @description The username of the account that sent it, else the name that the sender claims. */
            name: string;
            /** @description Which conversation it belongs to. */
            room: string;
            /** @description Whether an account sent it, whose name and email they are. */
            verified: boolean;
        };
        /** @description A report, and whom it concerns. */
        StaffReportBody: components["schemas"]["ReportBody"] & {
            claimed_by?: components["schemas"]["PersonBody"] | null;
            /** @description What it said when it was first reported. */
            quoted?: string | null;
            /** @description Who made it. */
            reporter: components["schemas"]["PersonBody"];
            resolved_by?: components["schemas"]["PersonBody"] | null;
            user?: components["schemas"]["PersonBody"] | null;
        };
        /** @description A part of a category. */
        StaffSubcategoryBody: {
            /**
             * Format: int64
             * @description Its category.
             */
            category_id: number;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it is called. */
            title: string;
        };
        /** @description What to change; what is not given stays. */
        SubcategoryChangeBody: {
            /**
             * Format: int64
             * @description Its category: its listings move with it.
             */
            category_id?: number | null;
            /** @description What it is called, at most 100 characters. */
            title?: string | null;
        };
        /**
         * @description What is reported.
         * @enum {string}
         */
        SubjectParameter: "listing" | "review" | "message" | "account";
        /** @description Somebody whom one may want to connect with. */
        SuggestionBody: {
            /**
             * Format: int64
             * @description With how many of one's connections they are connected.
             */
            mutual_connections: number;
            /** @description Why, at least one. */
            reasons: components["schemas"]["Reason"][];
            /** @description Who. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description Why. */
        SuspendBody: {
            /** @description For the audit log, at most 1,000 characters. */
            reason: string;
        };
        /** @description Whether an account is suspended. */
        SuspensionBody: {
            /**
             * Format: date-time
             * @description Since when it is suspended; `null` when it is not.
             */
            suspended_at?: string | null;
            /** @description The account. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description A ticket. */
        TicketBody: {
            /**
             * Format: int64
             * @description Seconds that it lives.
             */
            expires_in: number;
            /** @description Opens one socket, once. */
            ticket: string;
        };
        /** @description What it is to be called. */
        TitleBody: {
            /** @description The title, at most 100 characters. Case, accents and letter forms do not tell two apart. */
            title: string;
        };
        /** @description Something that has a title: a category, a subcategory, a skill, a kind of case. */
        TitledBody: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * @description What it is called.
             * @example Gardening
             */
            title: string;
        };
        /** @description A pair of tokens. */
        TokensBody: {
            /** @description Speaks for the account, in `Authorization: Bearer …`. */
            access_token: string;
            /**
             * Format: int64
             * @description Seconds that the access token lives.
             */
            expires_in: number;
            /** @description Gets the next pair, once. */
            refresh_token: string;
            /**
             * Format: int64
             * @description The session.
             */
            session_id: number;
            /** @description Always `Bearer`. */
            token_type: string;
        };
        /** @description What is unread. */
        UnreadBody: {
            /**
             * Format: int64
             * @description Messages.
             */
            messages: number;
            /**
             * Format: int64
             * @description Notifications.
             */
            notifications: number;
        };
        /** @description What is unread, and where the inbox stands. */
        UnreadCountBody: components["schemas"]["UnreadBody"] & {
            /**
             * Format: int64
             * @description The inbox's version.
             */
            version: number;
        };
        /** @description A case, and what was said in it. */
        WholeCaseBody: components["schemas"]["CaseBody"] & {
            /** @description What was said, oldest first. */
            messages: components["schemas"]["CaseMessageBody"][];
        };
        /** @description A chat, and what both said in it. */
        WholeChatBody: {
            /**
             * Format: date-time
             * @description When it was opened.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its messages, oldest first. */
            messages: components["schemas"]["MessageBody"][];
            /** @description How far one has read. */
            own_mark: components["schemas"]["MarkBody"];
            /** @description How far the other has. */
            their_mark: components["schemas"]["MarkBody"];
            /** @description The other one. */
            user: components["schemas"]["PersonBody"];
        };
        /** @description What to say. */
        WriteCaseBody: {
            /** @description The text, at most 4,000 characters. */
            text: string;
        };
        /** @description A review that is to be written. */
        WriteReviewBody: {
            /**
             * Format: int64
             * @description Stars, 1 to 5.
             */
            rating: number;
            /** @description What it says, at most 5,000 characters. */
            text: string;
            /** @description Its first line, at most 200 characters. */
            title: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterBody"];
            };
        };
        responses: {
            /** @description The account */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `username_taken`, `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    activate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivateBody"];
            };
        };
        responses: {
            /** @description The account, active */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `email_taken`: somebody else confirmed the email first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `spent_link`: used, too old, or never valid */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    resendActivation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendBody"];
            };
        };
        responses: {
            /** @description If an account waits for its activation, a mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffRestoreAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspensionBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffSuspendAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuspendBody"];
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspensionBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `staff_account`: one of the staff, perhaps oneself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListAuditLog: {
        parameters: {
            query?: {
                /** @description Of a kind of thing. */
                subject?: "account" | "case" | "case_kind" | "category" | "subcategory" | "skill" | "report" | "job" | "dead_job";
                /** @description Of the thing of this number. */
                subject_id?: number;
                /** @description By an account. */
                staff_id?: number;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_AuditEntryBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffCreateCaseKind: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleBody"];
            };
        };
        responses: {
            /** @description The kind of case */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitledBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffDeleteCaseKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kind of case */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `in_use`: cases are of it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffRenameCaseKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kind of case */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleBody"];
            };
        };
        responses: {
            /** @description The kind of case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitledBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListCases: {
        parameters: {
            query?: {
                /** @description `open` (by default) or `all`. */
                state?: "open" | "all";
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cases, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_StaffCaseBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffGetCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffCaseBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffCloseCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case, closed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffCaseBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListCaseMessages: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_StaffCaseMessageBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffAnswerCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteCaseBody"];
            };
        };
        responses: {
            /** @description The message */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffCaseMessageBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffCreateCategory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleBody"];
            };
        };
        responses: {
            /** @description The category */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitledBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffDeleteCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The category */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `in_use`: subcategories or listings are in it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffRenameCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The category */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleBody"];
            };
        };
        responses: {
            /** @description The category */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitledBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListContactMessages: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_StaffContactMessageBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListDeadJobs: {
        parameters: {
            query?: {
                /** @description Of a queue. */
                queue?: "notifications" | "email" | "media";
                /** @description Of a name. */
                name?: string;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dead jobs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_DeadJobBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffDropDeadJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobFilterBody"];
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedJobsBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffRetryDeadJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobFilterBody"];
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedJobsBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffDropDeadJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dead job */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffRetryDeadJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dead job */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, as it waits under a number of its own */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListJobs: {
        parameters: {
            query?: {
                /** @description `waiting` (by default), `running` or `failed`. */
                state?: "waiting" | "running" | "failed";
                /** @description Of a queue. */
                queue?: "notifications" | "email" | "media";
                /** @description Of a name. */
                name?: string;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Jobs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_JobBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffTryJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobFilterBody"];
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedJobsBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffTryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_QueueBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffGetQueueHistory: {
        parameters: {
            query?: {
                /** @description How many minutes, 1 to 1,440; by default 60. */
                minutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Numbers by queue and minute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffListReports: {
        parameters: {
            query?: {
                /** @description `waiting` (by default), `claimed` or `resolved`. */
                state?: "waiting" | "claimed" | "resolved";
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reports, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_StaffReportBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffGetReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReportBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffClaimReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReportBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_claimed` by somebody else, `already_resolved` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffResolveReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolutionBody"];
            };
        };
        responses: {
            /** @description The report, resolved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReportBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_claimed` by somebody else, `already_resolved`, `staff_account`, `account_gone` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffCreateSkill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleBody"];
            };
        };
        responses: {
            /** @description The skill */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitledBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffDeleteSkill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The skill */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffRenameSkill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The skill */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TitleBody"];
            };
        };
        responses: {
            /** @description The skill */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TitledBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffCreateSubcategory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSubcategoryBody"];
            };
        };
        responses: {
            /** @description The subcategory */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffSubcategoryBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffDeleteSubcategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The subcategory */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `in_use`: listings are in it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    staffChangeSubcategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The subcategory */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubcategoryChangeBody"];
            };
        };
        responses: {
            /** @description The subcategory */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffSubcategoryBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_staff` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `title_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listBlocks: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Blocks, newest account first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_BlockBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    block: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account to block */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Blocked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: nobody is there */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `oneself` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    unblock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The blocked account */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lifted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listCaseKinds: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kinds, by number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CaseKindBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listCases: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cases, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CaseBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    openCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept for 24 hours: a repeat under the same key is answered with what the first made */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenCaseBody"];
            };
        };
        responses: {
            /** @description The case */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many_cases`: 50 are open */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `key_mismatch` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listCaseMessages: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CaseMessageBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    writeInCase: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept for 24 hours: a repeat under the same key is answered with what the first made */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The case */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteCaseBody"];
            };
        };
        responses: {
            /** @description The message */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseMessageBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many_cases`: it is closed, and 50 others are open */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `key_mismatch` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Categories, by number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CategoryBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listChats: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Chats, the newest message first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_ChatBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    openChat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenBody"];
            };
        };
        responses: {
            /** @description The chat */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: nobody is there */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `oneself` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The chat */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chat */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The chat */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_MessageBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept for 24 hours: a repeat under the same key is answered with what the first made */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The chat */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessageBody"];
            };
        };
        responses: {
            /** @description The message that the first made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            /** @description The message */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `key_mismatch` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The chat */
                id: number;
                /** @description The message */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the other one wrote it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    editMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The chat */
                id: number;
                /** @description The message */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditMessageBody"];
            };
        };
        responses: {
            /** @description The message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the other one wrote it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    readChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The chat */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadChatBody"];
            };
        };
        responses: {
            /** @description What it came to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatReadBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listCities: {
        parameters: {
            query?: {
                /** @description Those of one province, by its number. */
                province_id?: number;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cities, by number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CityBody"];
                };
            };
            /** @description `not_found`: no such province */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listConnectionRequests: {
        parameters: {
            query?: {
                /** @description `incoming` (by default) or `outgoing`. */
                direction?: "incoming" | "outgoing";
                /** @description `pending` (by default), `accepted`, `rejected` or `cancelled`. */
                status?: "pending" | "accepted" | "rejected" | "cancelled";
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_RequestBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    sendConnectionRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept for 24 hours: a repeat under the same key is answered with what the first made */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description The request, pending, or accepted when it met one of theirs */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: nobody is there */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_connected`, `already_pending`, `too_many_sent`, `too_many_received` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `oneself`, `key_mismatch` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getConnectionRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    acceptConnectionRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request, accepted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the sender can't */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_decided`: rejected or cancelled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    cancelConnectionRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request, cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the receiver can't */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_decided`: accepted or rejected */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    rejectConnectionRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request, rejected */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the sender can't */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_decided`: accepted or cancelled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connections, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_ConnectionBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    searchListings: {
        parameters: {
            query?: {
                /**
                 * @description Words that title, description or experiences contain, each of them, in any case and letter forms; at most
                 *     100 characters.
                 */
                q?: string;
                /** @description Of a category. */
                category_id?: number;
                /** @description Of a subcategory. */
                subcategory_id?: number;
                /** @description In a province. */
                province_id?: number;
                /** @description In a city. */
                city_id?: number;
                /** @description That take a skill. */
                skill_id?: number;
                /** @description Rated at least so, 0 to 5; above 0 those without a review are not. */
                min_rating?: number;
                /** @description Open on a day of the week, `monday` to `sunday`, at `open_at`. */
                open_on?: string;
                /** @description Open at a time of day, `HH:MM` or `HH:MM:SS`, on `open_on`. */
                open_at?: string;
                /** @description Of one account. */
                user_id?: number;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Listings, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CardBody"];
                };
            };
            /** @description `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createListing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Kept for 24 hours: a repeat under the same key is answered with what the first made */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateListingBody"];
            };
        };
        responses: {
            /** @description The listing */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListingBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many_listings` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `key_mismatch` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The listing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListingBody"];
                };
            };
            /** @description `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: it is another's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    changeListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeListingBody"];
            };
        };
        responses: {
            /** @description The listing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListingBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: it is another's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    addListingPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        /** @description The file */
        requestBody: {
            content: {
                "image/*": Blob;
            };
        };
        responses: {
            /** @description The picture */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PictureBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: it is another's listing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many_pictures`: the listing has 20 */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: no such picture */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeListingPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
                /** @description The picture */
                picture_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: it is another's listing */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reviews, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_ReviewBody"];
                };
            };
            /** @description `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    writeReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteReviewBody"];
            };
        };
        responses: {
            /** @description The review */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `already_reviewed` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `oneself`: one's own listing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    deleteMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteMeBody"];
            };
        };
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMeBody"];
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `username_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_AddressBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceAddressBody"];
            };
        };
        responses: {
            /** @description The address */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many_addresses` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: no such city */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The address */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    changeAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The address */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceAddressBody"];
            };
        };
        responses: {
            /** @description The address */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: no such city */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The address */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    setAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file */
        requestBody: {
            content: {
                "image/*": Blob;
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: no such picture */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is none any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    changeEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeEmailBody"];
            };
        };
        responses: {
            /** @description The account; a mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `email_taken`: somebody has confirmed it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listOwnListings: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Listings, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_CardBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
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
                "application/json": components["schemas"]["ChangePasswordBody"];
            };
        };
        responses: {
            /** @description A new session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    myPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    changeMyPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePreferencesBody"];
            };
        };
        responses: {
            /** @description The preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listOwnReviews: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reviews, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_ReviewBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listSavedListings: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last saved first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_SavedBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    saveListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is saved */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    forgetListing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The listing */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is saved no longer */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description Only what is unread. */
                unread?: boolean;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Notifications, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    readThrough: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadThroughBody"];
            };
        };
        responses: {
            /** @description What it came to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    countUnread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadCountBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The notification */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notification */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The notification */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    readNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The notification */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notification, read */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordBody"];
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `spent_link`: used, too old, or never valid */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    askPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendBody"];
            };
        };
        responses: {
            /** @description If there is such an account, a mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listPresence: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connections who are there, newest account first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_PresenceBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listProvinces: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Provinces, by number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_ProvinceBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listReports: {
        parameters: {
            query?: {
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many items, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reports, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_ReportBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendReportBody"];
            };
        };
        responses: {
            /** @description The report that waits already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportBody"];
                };
            };
            /** @description The report */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: what is reported is not there */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many_reports`: 100 wait */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`, `oneself` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The report */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    removeReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The review */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: it is another's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    changeReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The review */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeReviewBody"];
            };
        };
        responses: {
            /** @description The review */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: it is another's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    answerReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The review */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyBody"];
            };
        };
        responses: {
            /** @description The review */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the listing is another's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    takeReplyBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The review */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The review */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_yours`: the listing is another's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
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
            /** @description All of them, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_SessionBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
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
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            /** @description The session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `wrong_credentials` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_active` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
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
            /** @description It has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description The new pair */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokensBody"];
                };
            };
            /** @description `malformed`: the body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid_token`, `token_reused` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_large`: the body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_json`: the body is of another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    revokeOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listSkills: {
        parameters: {
            query?: {
                /** @description Those whose title contains this, in any case. */
                q?: string;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Skills, by number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_TitledBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listSuggestions: {
        parameters: {
            query?: {
                /** @description How many, 1 to 50; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, best first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_SuggestionBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    dismissSuggestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account not to suggest */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dismissed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: nobody is there, or it is oneself */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    searchUsers: {
        parameters: {
            query?: {
                /** @description A part of a name, a username or a company; case, accents and letter forms do not count. */
                q?: string;
                /** @description The `next` of the part before. */
                cursor?: string;
                /** @description How many, 1 to 100; by default 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, newest account first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageBody_PersonBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_found`: there is no such thing, or not for the caller to see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: too much to do; `Retry-After` says when */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    openSocket: {
        parameters: {
            query?: {
                /** @description A ticket of `POST /api/v1/ws/tickets`. */
                ticket?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The socket is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `no_upgrade`: not a WebSocket handshake */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `not_authenticated`, `invalid_token` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `invalid`: some input does not fit; `errors` names it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: tickets can't be taken now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createSocketTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketBody"];
                };
            };
            /** @description `not_authenticated`: no token; `invalid_token`: a token that is not valid, or no longer */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too_many`: too often; `Retry-After` says when */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `busy`: tickets can't be given now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
}
