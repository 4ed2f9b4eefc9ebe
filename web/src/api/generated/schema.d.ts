/**
 * Types of the product's API, generated from its own description by `npm run api-types`. Do not edit.
 */

export interface paths {
    "/api/v1/meetings/{externalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A meeting with people, links, reasons and what is in Zoho */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Brings in a processed meeting, or its newer content */
        put: {
            parameters: {
                query?: {
                    /** @description A backfill that is not started: the meeting waits in it instead of going to Zoho */
                    backfill?: string;
                };
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            /** @description A processed meeting */
            requestBody: {
                content: {
                    "application/json": {
                        /** @example Quarterly review */
                        title: string;
                        /**
                         * Format: date-time
                         * @description ISO 8601 with offset or Z
                         * @example 2026-11-20T15:00:00+01:00
                         */
                        startsAt: string;
                        /**
                         * Format: date-time
                         * @description Later than `startsAt`, by at most 7 days
                         * @example 2026-11-20T15:45:00+01:00
                         */
                        endsAt: string;
                        /**
                         * @description IANA time zone
                         * @example Europe/Madrid
                         */
                        timeZone: string;
                        /** @description The calendar entry that the meeting came from; helps to find its event in the CRM */
                        scheduled?: {
                            startsAt?: string | null;
                            endsAt?: string | null;
                            calendarUid?: string | null;
                            organizerEmail?: string | null;
                        } | null;
                        kind?: ("video" | "call" | "in_person") | null;
                        /** @example Demo */
                        activityType?: string | null;
                        /**
                         * @description BCP 47
                         * @example es
                         */
                        language?: string | null;
                        /**
                         * @description Private meetings are never published
                         * @default organization
                         * @enum {string}
                         */
                        visibility?: "organization" | "team" | "private";
                        conferenceUrl?: string | null;
                        recordingUrl?: string | null;
                        participants: {
                            name?: string | null;
                            /**
                             * @description Taken as it is: an odd address is still a participant
                             * @example ana@acme.example
                             */
                            email?: string | null;
                            /** @example +34 600 000 000 */
                            phone?: string | null;
                            /**
                             * @default attendee
                             * @enum {string}
                             */
                            role?: "organizer" | "attendee";
                            /** @description Was in the room, not only invited */
                            attended?: boolean | null;
                        }[];
                        summary?: {
                            /** @default  */
                            text?: string;
                            /** @default [] */
                            topics?: string[];
                            /** @default [] */
                            nextSteps?: {
                                text: string;
                                ownerEmail?: string | null;
                                dueOn?: string | null;
                            }[];
                            /**
                             * @description 0 to 1; shown as per cent
                             * @example 0.87
                             */
                            aiScore?: number | null;
                        } | null;
                        /** @default [] */
                        notes?: {
                            /**
                             * @description Unique in the meeting and stable over its versions
                             * @example n1
                             */
                            id: string;
                            /** @example Objections */
                            smartCategory?: string | null;
                            text: string;
                            /**
                             * @description From the start of the recording
                             * @example 760
                             */
                            startSeconds?: number | null;
                            endSeconds?: number | null;
                            author?: ("ai" | "person") | null;
                        }[];
                        /** @default [] */
                        clips?: {
                            /**
                             * @description Unique in the meeting
                             * @example c1
                             */
                            id: string;
                            /**
                             * @description The note of this meeting that the clip shows
                             * @example n1
                             */
                            noteId?: string | null;
                            title?: string | null;
                            startSeconds?: number | null;
                            endSeconds?: number | null;
                            /**
                             * Format: uri
                             * @description http or https
                             * @example https://app.example/recordings/42
                             */
                            url: string;
                        }[];
                        /** @default [] */
                        transcript?: {
                            /** @default  */
                            speaker?: string;
                            text: string;
                            startSeconds?: number | null;
                            endSeconds?: number | null;
                        }[];
                        /** @description A meeting is published once both are set; an empty list of notes counts */
                        processed?: {
                            summaryAt?: string | null;
                            notesAt?: string | null;
                        } | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            version: number;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Retracts a meeting: its event and notes leave Zoho */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            version: number;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Turns of the transcript */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                speaker: string;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exactly what would be written to Zoho now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            publication: {
                                /** @enum {string} */
                                kind: "publish" | "waiting" | "held" | "not_published";
                                cause: string | null;
                                reason: string;
                            };
                            operations: {
                                key: string;
                                /** @enum {string} */
                                action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                label: string;
                                before: {
                                    [key: string]: unknown;
                                } | null;
                                after: {
                                    [key: string]: unknown;
                                } | null;
                                changed: string[];
                            }[];
                            shownOn: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                how: "primary" | "contact" | "participant" | "note";
                            }[];
                            leftOut: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                reason: string;
                            }[];
                            warnings: string[];
                            cost: {
                                calls: number;
                                credits: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of a meeting, newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                key: string;
                                /** @enum {string} */
                                action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                label: string;
                                /** @enum {string} */
                                state: "planned" | "sending" | "done" | "failed" | "unknown" | "superseded";
                                crmId: string | null;
                                error: {
                                    code: string;
                                    message: string;
                                } | null;
                                attempts: number;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                plannedAt: string;
                                finishedAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes now, also what was deleted in Zoho; `anyway` although nobody matched; `overwriteEdits` takes back what people edited there */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default false */
                        anyway?: boolean;
                        /** @default false */
                        overwriteEdits?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person’s word on what people edited in Zoho: theirs stands, or ours is written again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description `event`, or the slot of a note */
                        slot: string;
                        /** @enum {string} */
                        choice: "keep_theirs" | "write_ours";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person’s word on a link: pinned, excluded, added, or reset */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        module: "contacts" | "leads" | "accounts" | "deals";
                        crmId: string;
                        /** @enum {string} */
                        decision: "pinned" | "excluded" | "added" | "reset";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person’s word on who a participant is */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        participantKey: string;
                        /** @enum {string} */
                        kind: "chosen" | "ignored" | "reset";
                        /** @enum {string} */
                        module?: "contacts" | "leads";
                        crmId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/calendar-event": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person’s word on which event of the calendar is this meeting’s, before one is written */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        choice: "adopt";
                        eventId: string;
                    } | {
                        /** @enum {string} */
                        choice: "create";
                    } | {
                        /** @enum {string} */
                        choice: "wait";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/two-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person’s word on an event of the calendar beside ours: `take` it and remove ours, or `dismiss` */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        eventId: string;
                        /** @enum {string} */
                        choice: "take" | "dismiss";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Two meetings are one conversation; answers the one that stays */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description The caller’s own id of the meeting
                         * @example rec-2026-11-20-0042
                         */
                        with: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/separate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One recording is of another conversation; answers the meeting that it is now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description The recording that goes; one of this meeting’s `recordings`
                         * @example rec-2026-11-20-0042
                         */
                        recording: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings/{externalId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exactly what would leave Zoho, and what stays because a person edited it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            publication: {
                                /** @enum {string} */
                                kind: "publish" | "waiting" | "held" | "not_published";
                                cause: string | null;
                                reason: string;
                            };
                            operations: {
                                key: string;
                                /** @enum {string} */
                                action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                label: string;
                                before: {
                                    [key: string]: unknown;
                                } | null;
                                after: {
                                    [key: string]: unknown;
                                } | null;
                                changed: string[];
                            }[];
                            shownOn: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                how: "primary" | "contact" | "participant" | "note";
                            }[];
                            leftOut: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                reason: string;
                            }[];
                            warnings: string[];
                            cost: {
                                calls: number;
                                credits: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Takes a meeting out of Zoho and keeps it here, until somebody publishes it again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The caller’s own id of the meeting
                     * @example rec-2026-11-20-0042
                     */
                    externalId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            externalId: string;
                            title: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            startsAt: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            endsAt: string;
                            timeZone: string;
                            activityType: string | null;
                            /** @enum {string} */
                            visibility: "organization" | "team" | "private";
                            hostName: string | null;
                            participantCount: number;
                            externalCount: number;
                            aiScore: number | null;
                            /** @enum {string} */
                            state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                            stateReason: string;
                            verifiedAt: string | null;
                            primary: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                            } | null;
                            needsYou: boolean;
                            version: number;
                            kind: ("video" | "call" | "in_person") | null;
                            language: string | null;
                            conferenceUrl: string | null;
                            recordingUrl: string | null;
                            summary: {
                                text: string;
                                topics: string[];
                                nextSteps: {
                                    text: string;
                                    ownerEmail: string | null;
                                    dueOn: string | null;
                                }[];
                                aiScore: number | null;
                            } | null;
                            notes: {
                                id: string;
                                smartCategory: string | null;
                                text: string;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                author: ("ai" | "person") | null;
                                /** @description Whose recording it is from, where there are several */
                                recording?: string | null;
                            }[];
                            clips: {
                                id: string;
                                noteId: string | null;
                                title: string | null;
                                startSeconds: number | null;
                                endSeconds: number | null;
                                url: string;
                                recording?: string | null;
                            }[];
                            transcriptTurns: number;
                            processed: {
                                summaryAt: string | null;
                                notesAt: string | null;
                            };
                            participants: {
                                key: string;
                                name: string | null;
                                email: string | null;
                                phone: string | null;
                                /** @enum {string} */
                                role: "organizer" | "attendee";
                                attended: boolean | null;
                                match: {
                                    /** @enum {string} */
                                    kind: "internal" | "matched" | "ambiguous" | "account_by_domain" | "unknown" | "unmatched";
                                    by: string | null;
                                    module: ("contacts" | "leads" | "accounts" | "users") | null;
                                    crmId: string | null;
                                    name: string | null;
                                    reason: string;
                                    candidates: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts";
                                        crmId: string;
                                        name: string;
                                        detail: string;
                                    }[];
                                };
                            }[];
                            associations: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                decision: ("pinned" | "added") | null;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                                /** @description The record shows the meeting in Zoho */
                                published: boolean;
                                publishedAs: ("primary" | "contact" | "participant" | "note") | null;
                                facts: {
                                    stage: string | null;
                                    isOpen: boolean | null;
                                    amount: number | null;
                                    currency: string | null;
                                    closingDate: string | null;
                                };
                            }[];
                            notLinked: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                cause: string;
                                path: {
                                    /** @enum {string} */
                                    module: "participants" | "contacts" | "leads" | "accounts" | "deals";
                                    id: string;
                                    name: string;
                                }[];
                                reason: string;
                            }[];
                            /** @description Deals in reach whose contact roles were not read yet */
                            rolesStillLoading: number;
                            recordings: {
                                externalId: string;
                                /** @description Title, times, summary and transcript are this one’s */
                                isPrimary: boolean;
                                label: string;
                                hostName: string | null;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                recordingUrl: string | null;
                                isProcessed: boolean;
                            }[];
                            calendarQuestion: {
                                /** @enum {string} */
                                kind: "unsure" | "two_events";
                                events: {
                                    eventId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    ownerName: string | null;
                                    people: string[];
                                    venue: string | null;
                                    /** @description A colleague’s copy of the one that is meant */
                                    isCopy: boolean;
                                    url: string | null;
                                }[];
                                /** @description When the organization’s own choice counts; null: it waits */
                                answerBy: string | null;
                            } | null;
                            inZoho: {
                                eventId: string | null;
                                eventUrl: string | null;
                                eventTitle: string | null;
                                /** @description The event was the calendar’s before us: only id, blanks and notes are ours */
                                isCalendarEvent: boolean;
                                /** @description Zoho does not let us write it: the notes are on the records */
                                isEventReadOnly: boolean;
                                eventEdited: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                    parts: string[];
                                    isBlockEdited: boolean;
                                    /** @description Where our part of the description was edited: as it stands there, and as we wrote it */
                                    texts: {
                                        theirs: string;
                                        ours: string | null;
                                    } | null;
                                } | null;
                                /** @description Deleted there; written again only when somebody asks */
                                eventGone: {
                                    by: string | null;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    at: string;
                                } | null;
                                notes: {
                                    crmId: string;
                                    slot: string;
                                    title: string;
                                    parentModule: string;
                                    parentId: string;
                                    parentName: string;
                                    verifiedAt: string | null;
                                    edited: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                    gone: {
                                        by: string | null;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                    } | null;
                                }[];
                                verifiedAt: string | null;
                                differences: string[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/meetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meetings that fit all filters, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Without it: all but retracted ones */
                    state?: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                    q?: string;
                    module?: "contacts" | "leads" | "accounts" | "deals";
                    crmId?: string;
                    /** @description `direct`: links to the record or stage that exist only by cascade do not count */
                    links?: "direct" | "all";
                    /** @description Empty: meetings without one */
                    activityType?: string;
                    /** @description Name of the owner of the primary record, else of the host */
                    owner?: string;
                    smartCategory?: string;
                    stage?: string;
                    /** @description A day (yyyy-MM-dd, in `timeZone`) or a moment (ISO 8601 with offset) */
                    from?: string;
                    /** @description A day is meant with all its hours, a moment is not included */
                    to?: string;
                    timeZone?: string;
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                externalId: string;
                                title: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                timeZone: string;
                                activityType: string | null;
                                /** @enum {string} */
                                visibility: "organization" | "team" | "private";
                                hostName: string | null;
                                participantCount: number;
                                externalCount: number;
                                aiScore: number | null;
                                /** @enum {string} */
                                state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                                stateReason: string;
                                verifiedAt: string | null;
                                primary: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                } | null;
                                needsYou: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs-you": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions that only a person can decide, newest meetings first */
        get: {
            parameters: {
                query?: {
                    cause?: "ambiguous" | "nobody_matched" | "too_many_deals" | "failed" | "different" | "edited_block" | "deleted_in_crm" | "calendar_event_unsure" | "two_events" | "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            causes: {
                                /** @enum {string} */
                                cause: "ambiguous" | "nobody_matched" | "too_many_deals" | "failed" | "different" | "edited_block" | "deleted_in_crm" | "calendar_event_unsure" | "two_events" | "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                                count: number;
                            }[];
                            data: {
                                id: string;
                                /** @enum {string} */
                                cause: "ambiguous" | "nobody_matched" | "too_many_deals" | "failed" | "different" | "edited_block" | "deleted_in_crm" | "calendar_event_unsure" | "two_events" | "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                                meeting: {
                                    id: string;
                                    externalId: string;
                                    title: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startsAt: string;
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    endsAt: string;
                                    timeZone: string;
                                    activityType: string | null;
                                    /** @enum {string} */
                                    visibility: "organization" | "team" | "private";
                                    hostName: string | null;
                                    participantCount: number;
                                    externalCount: number;
                                    aiScore: number | null;
                                    /** @enum {string} */
                                    state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                                    stateReason: string;
                                    verifiedAt: string | null;
                                    primary: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts" | "deals";
                                        crmId: string;
                                        name: string;
                                    } | null;
                                    needsYou: boolean;
                                };
                                question: string;
                                participant: {
                                    key: string;
                                    name: string | null;
                                    email: string | null;
                                } | null;
                                candidates: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    detail: string;
                                }[];
                                calendarQuestion: {
                                    /** @enum {string} */
                                    kind: "unsure" | "two_events";
                                    events: {
                                        eventId: string;
                                        title: string;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        startsAt: string;
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        endsAt: string;
                                        ownerName: string | null;
                                        people: string[];
                                        venue: string | null;
                                        /** @description A colleague’s copy of the one that is meant */
                                        isCopy: boolean;
                                        url: string | null;
                                    }[];
                                    /** @description When the organization’s own choice counts; null: it waits */
                                    answerBy: string | null;
                                } | null;
                                /** @description Of causes of the org itself: one item for all meetings; `meeting` is the newest of them */
                                obstacle: {
                                    /** @enum {string} */
                                    cause: "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                                    /** @description With `cause`, names it for a retry */
                                    subject: string;
                                    /** @description What stands in the way, and its cure */
                                    message: string;
                                    meetings: number;
                                    field: {
                                        /** @description Zoho’s name of the field */
                                        field: string;
                                        label: string;
                                        type: string;
                                        maxLength: number | null;
                                        /** @description What a pick list takes */
                                        values: string[];
                                        isUnique: boolean;
                                        isRequired: boolean;
                                        /** @description False: only making it optional in Zoho helps */
                                        canBeConstant: boolean;
                                    } | null;
                                    record: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts" | "deals";
                                        crmId: string;
                                        name: string;
                                    } | null;
                                    /** @description When it is tried again by itself; null: a person is waited for */
                                    retryAt: string | null;
                                } | null;
                                error: {
                                    code: string;
                                    message: string;
                                } | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{module}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records of a module: people and accounts by name, open deals first */
        get: {
            parameters: {
                query?: {
                    q?: string;
                    /** @description Deals only: open or closed ones */
                    open?: "true" | "false";
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    module: "contacts" | "leads" | "accounts" | "deals";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                detail: string | null;
                                ownerName: string | null;
                                stage: string | null;
                                isOpen: boolean | null;
                                amount: number | null;
                                currency: string | null;
                                closingDate: string | null;
                                email: string | null;
                                meetingsDirect: number;
                                meetingsCascaded: number;
                                lastMeetingAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{module}/{crmId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record with its facts and the records around it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    module: "contacts" | "leads" | "accounts" | "deals";
                    crmId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            module: "contacts" | "leads" | "accounts" | "deals";
                            crmId: string;
                            name: string;
                            detail: string | null;
                            ownerName: string | null;
                            stage: string | null;
                            isOpen: boolean | null;
                            amount: number | null;
                            currency: string | null;
                            closingDate: string | null;
                            email: string | null;
                            meetingsDirect: number;
                            meetingsCascaded: number;
                            lastMeetingAt: string | null;
                            crmUrl: string | null;
                            account: {
                                crmId: string;
                                name: string;
                            } | null;
                            contacts: {
                                crmId: string;
                                name: string;
                                role: string | null;
                            }[];
                            deals: {
                                crmId: string;
                                name: string;
                                stage: string;
                                isOpen: boolean;
                            }[];
                            contactCount: number;
                            dealCount: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{module}/{crmId}/meetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The conversations that concern a record, newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    module: "contacts" | "leads" | "accounts" | "deals";
                    crmId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                externalId: string;
                                title: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                endsAt: string;
                                timeZone: string;
                                activityType: string | null;
                                /** @enum {string} */
                                visibility: "organization" | "team" | "private";
                                hostName: string | null;
                                participantCount: number;
                                externalCount: number;
                                aiScore: number | null;
                                /** @enum {string} */
                                state: "waiting" | "published" | "held" | "notPublished" | "failed" | "retracted";
                                stateReason: string;
                                verifiedAt: string | null;
                                primary: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                } | null;
                                needsYou: boolean;
                                /** @enum {string} */
                                origin: "direct" | "cascade" | "manual" | "zoho";
                                via: string | null;
                                people: string[];
                                summaryLines: string;
                                smartCategories: string[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meetings and records whose name holds a text */
        get: {
            parameters: {
                query: {
                    q: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            meetings: {
                                externalId: string;
                                title: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                            }[];
                            records: {
                                /** @enum {string} */
                                module: "contacts" | "leads" | "accounts" | "deals";
                                crmId: string;
                                name: string;
                                detail: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meetings by time, account, deal stage, owner and activity type; deals that went quiet */
        get: {
            parameters: {
                query?: {
                    /** @description Default: 90 days before `to` */
                    from?: string;
                    /** @description Default: now */
                    to?: string;
                    quietDays?: number;
                    timeZone?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            from: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            to: string;
                            figures: {
                                meetings: {
                                    value: number;
                                    previous: number | null;
                                };
                                hours: {
                                    value: number;
                                    previous: number | null;
                                };
                                accountsMet: {
                                    value: number;
                                    previous: number | null;
                                };
                                openDealsWithoutMeeting: {
                                    value: number;
                                    previous: number | null;
                                };
                            };
                            overTime: {
                                key: string;
                                label: string;
                                direct: number;
                                cascaded: number;
                                query: string;
                            }[];
                            byAccount: {
                                key: string;
                                label: string;
                                direct: number;
                                cascaded: number;
                                query: string;
                            }[];
                            byStage: {
                                key: string;
                                label: string;
                                direct: number;
                                cascaded: number;
                                query: string;
                            }[];
                            byOwner: {
                                key: string;
                                label: string;
                                direct: number;
                                cascaded: number;
                                query: string;
                            }[];
                            byActivityType: {
                                key: string;
                                label: string;
                                direct: number;
                                cascaded: number;
                                query: string;
                            }[];
                            quietDeals: {
                                crmId: string;
                                name: string;
                                accountName: string | null;
                                stage: string;
                                ownerName: string | null;
                                amount: number | null;
                                currency: string | null;
                                closingDate: string | null;
                                lastMeetingAt: string | null;
                                daysQuiet: number | null;
                            }[];
                            quietDealsTotal: number;
                            categoriesByStage: {
                                stages: string[];
                                rows: {
                                    smartCategory: string;
                                    total: number;
                                    cells: {
                                        stage: string;
                                        direct: number;
                                        cascaded: number;
                                        query: string;
                                    }[];
                                }[];
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meetings by state, what is owed, calls to Zoho */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            meetings: {
                                waiting: number;
                                published: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                retracted: number;
                            };
                            verified: number;
                            /** @description Meetings whose evaluation or publication is not finished */
                            owed: number;
                            rolesStillLoading: number;
                            /** @enum {string} */
                            firstLoad: "none" | "running" | "done" | "failed";
                            calls: {
                                writeCalls: number;
                                writeCredits: number;
                                readCalls: number;
                                readCredits: number;
                                loadCalls: number;
                                loadCredits: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Zoho card */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            state: "not_connected" | "connecting" | "connected" | "needs_reauth" | "disconnected";
                            /** @enum {string} */
                            provider: "sandbox" | "zoho";
                            connectedBy: string | null;
                            connectedAt: string | null;
                            zohoUser: string | null;
                            orgName: string | null;
                            orgId: string | null;
                            dataCentre: string | null;
                            edition: string | null;
                            environment: ("production" | "sandbox" | "developer") | null;
                            scopes: string[];
                            safeMode: boolean;
                            externalField: {
                                apiName: string;
                                /** @enum {string} */
                                mode: "external" | "marker";
                            } | null;
                            optionalFields: {
                                /** @enum {string} */
                                key: "activityType" | "aiScore" | "recording";
                                label: string;
                                apiName: string | null;
                            }[];
                            firstLoad: {
                                /** @enum {string} */
                                state: "running" | "done" | "failed";
                                steps: {
                                    module: string;
                                    loaded: number;
                                    total: number | null;
                                    startedAt: string | null;
                                    finishedAt: string | null;
                                    /** @description Why the module was left out */
                                    problem: string | null;
                                }[];
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                error: string | null;
                            } | null;
                            rights: {
                                checkedAt: string | null;
                                /** @description Titles of the rights that Zoho refuses */
                                refused: string[];
                                unknown: number;
                                /** @description Somebody reconnected; the rights are of the user before */
                                isChecking: boolean;
                            } | null;
                            probe: {
                                probedAt: string | null;
                                /** @description When Zoho last answered a call */
                                aliveAt: string | null;
                                nextProbeAt: string | null;
                                /** @description Since when the access is dead */
                                brokenAt: string | null;
                            };
                            mirrorHealth: {
                                lastPollAt: string | null;
                                nextPollAt: string | null;
                                /** @description Null where Zoho cannot reach the product: changes are seen by polls alone */
                                channel: {
                                    /** @enum {string} */
                                    state: "heard" | "open" | "silent" | "expired";
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    expiresAt: string;
                                    lastHeardAt: string | null;
                                } | null;
                                /** @enum {string} */
                                notesSeenBy: "list" | "drift";
                                problem: string | null;
                                creditsUsed: number;
                            } | null;
                            alerts: {
                                webhookUrl: string | null;
                                emails: string[];
                            };
                            roles: {
                                dealsLoaded: number;
                                dealsTotal: number;
                            };
                            mirror: {
                                contacts: number;
                                leads: number;
                                accounts: number;
                                deals: number;
                                users: number;
                            };
                            lastChangeSeenAt: string | null;
                            /** @description Meetings that are owed to Zoho */
                            waiting: number;
                            credits: {
                                usedToday: number;
                                dailyLimit: number | null;
                                /** @description Credits of a day that work which can wait leaves to other integrations */
                                reserve: number;
                                /** @description The same in percent of the day, 0 to 90 */
                                keptPercent: number;
                                /** @description Left to all who use the org, as far as known */
                                left: number | null;
                                /** @description What rests for want of credits, in a sentence */
                                resting: string | null;
                                restsUntil: string | null;
                                /** @description What waits, what it takes, and when nothing will wait any more */
                                forecast: {
                                    meetings: number;
                                    credits: number;
                                    emptyAt: string | null;
                                };
                            };
                            problem: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts or renews the connection: the address of the consent page */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description A new sandbox connection begins as one to a real org
                         * @default false
                         */
                        safeMode?: boolean;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            authorizeUrl: string;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where Zoho sends the browser back to */
        get: {
            parameters: {
                query?: {
                    code?: string;
                    state?: string;
                    error?: string;
                    location?: string;
                    "accounts-server"?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides whether another Zoho org takes the place of the one before */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        nonce: string;
                        /** @enum {string} */
                        decision: "replace" | "cancel";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            state: "not_connected" | "connecting" | "connected" | "needs_reauth" | "disconnected";
                            /** @enum {string} */
                            provider: "sandbox" | "zoho";
                            connectedBy: string | null;
                            connectedAt: string | null;
                            zohoUser: string | null;
                            orgName: string | null;
                            orgId: string | null;
                            dataCentre: string | null;
                            edition: string | null;
                            environment: ("production" | "sandbox" | "developer") | null;
                            scopes: string[];
                            safeMode: boolean;
                            externalField: {
                                apiName: string;
                                /** @enum {string} */
                                mode: "external" | "marker";
                            } | null;
                            optionalFields: {
                                /** @enum {string} */
                                key: "activityType" | "aiScore" | "recording";
                                label: string;
                                apiName: string | null;
                            }[];
                            firstLoad: {
                                /** @enum {string} */
                                state: "running" | "done" | "failed";
                                steps: {
                                    module: string;
                                    loaded: number;
                                    total: number | null;
                                    startedAt: string | null;
                                    finishedAt: string | null;
                                    /** @description Why the module was left out */
                                    problem: string | null;
                                }[];
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                error: string | null;
                            } | null;
                            rights: {
                                checkedAt: string | null;
                                /** @description Titles of the rights that Zoho refuses */
                                refused: string[];
                                unknown: number;
                                /** @description Somebody reconnected; the rights are of the user before */
                                isChecking: boolean;
                            } | null;
                            probe: {
                                probedAt: string | null;
                                /** @description When Zoho last answered a call */
                                aliveAt: string | null;
                                nextProbeAt: string | null;
                                /** @description Since when the access is dead */
                                brokenAt: string | null;
                            };
                            mirrorHealth: {
                                lastPollAt: string | null;
                                nextPollAt: string | null;
                                /** @description Null where Zoho cannot reach the product: changes are seen by polls alone */
                                channel: {
                                    /** @enum {string} */
                                    state: "heard" | "open" | "silent" | "expired";
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    expiresAt: string;
                                    lastHeardAt: string | null;
                                } | null;
                                /** @enum {string} */
                                notesSeenBy: "list" | "drift";
                                problem: string | null;
                                creditsUsed: number;
                            } | null;
                            alerts: {
                                webhookUrl: string | null;
                                emails: string[];
                            };
                            roles: {
                                dealsLoaded: number;
                                dealsTotal: number;
                            };
                            mirror: {
                                contacts: number;
                                leads: number;
                                accounts: number;
                                deals: number;
                                users: number;
                            };
                            lastChangeSeenAt: string | null;
                            /** @description Meetings that are owed to Zoho */
                            waiting: number;
                            credits: {
                                usedToday: number;
                                dailyLimit: number | null;
                                /** @description Credits of a day that work which can wait leaves to other integrations */
                                reserve: number;
                                /** @description The same in percent of the day, 0 to 90 */
                                keptPercent: number;
                                /** @description Left to all who use the org, as far as known */
                                left: number | null;
                                /** @description What rests for want of credits, in a sentence */
                                resting: string | null;
                                restsUntil: string | null;
                                /** @description What waits, what it takes, and when nothing will wait any more */
                                forecast: {
                                    meetings: number;
                                    credits: number;
                                    emptyAt: string | null;
                                };
                            };
                            problem: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the access at Zoho; history stays */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            state: "not_connected" | "connecting" | "connected" | "needs_reauth" | "disconnected";
                            /** @enum {string} */
                            provider: "sandbox" | "zoho";
                            connectedBy: string | null;
                            connectedAt: string | null;
                            zohoUser: string | null;
                            orgName: string | null;
                            orgId: string | null;
                            dataCentre: string | null;
                            edition: string | null;
                            environment: ("production" | "sandbox" | "developer") | null;
                            scopes: string[];
                            safeMode: boolean;
                            externalField: {
                                apiName: string;
                                /** @enum {string} */
                                mode: "external" | "marker";
                            } | null;
                            optionalFields: {
                                /** @enum {string} */
                                key: "activityType" | "aiScore" | "recording";
                                label: string;
                                apiName: string | null;
                            }[];
                            firstLoad: {
                                /** @enum {string} */
                                state: "running" | "done" | "failed";
                                steps: {
                                    module: string;
                                    loaded: number;
                                    total: number | null;
                                    startedAt: string | null;
                                    finishedAt: string | null;
                                    /** @description Why the module was left out */
                                    problem: string | null;
                                }[];
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                error: string | null;
                            } | null;
                            rights: {
                                checkedAt: string | null;
                                /** @description Titles of the rights that Zoho refuses */
                                refused: string[];
                                unknown: number;
                                /** @description Somebody reconnected; the rights are of the user before */
                                isChecking: boolean;
                            } | null;
                            probe: {
                                probedAt: string | null;
                                /** @description When Zoho last answered a call */
                                aliveAt: string | null;
                                nextProbeAt: string | null;
                                /** @description Since when the access is dead */
                                brokenAt: string | null;
                            };
                            mirrorHealth: {
                                lastPollAt: string | null;
                                nextPollAt: string | null;
                                /** @description Null where Zoho cannot reach the product: changes are seen by polls alone */
                                channel: {
                                    /** @enum {string} */
                                    state: "heard" | "open" | "silent" | "expired";
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    expiresAt: string;
                                    lastHeardAt: string | null;
                                } | null;
                                /** @enum {string} */
                                notesSeenBy: "list" | "drift";
                                problem: string | null;
                                creditsUsed: number;
                            } | null;
                            alerts: {
                                webhookUrl: string | null;
                                emails: string[];
                            };
                            roles: {
                                dealsLoaded: number;
                                dealsTotal: number;
                            };
                            mirror: {
                                contacts: number;
                                leads: number;
                                accounts: number;
                                deals: number;
                                users: number;
                            };
                            lastChangeSeenAt: string | null;
                            /** @description Meetings that are owed to Zoho */
                            waiting: number;
                            credits: {
                                usedToday: number;
                                dailyLimit: number | null;
                                /** @description Credits of a day that work which can wait leaves to other integrations */
                                reserve: number;
                                /** @description The same in percent of the day, 0 to 90 */
                                keptPercent: number;
                                /** @description Left to all who use the org, as far as known */
                                left: number | null;
                                /** @description What rests for want of credits, in a sentence */
                                resting: string | null;
                                restsUntil: string | null;
                                /** @description What waits, what it takes, and when nothing will wait any more */
                                forecast: {
                                    meetings: number;
                                    credits: number;
                                    emptyAt: string | null;
                                };
                            };
                            problem: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says which part of the day’s credits is left to other integrations */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        keptPercent: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            state: "not_connected" | "connecting" | "connected" | "needs_reauth" | "disconnected";
                            /** @enum {string} */
                            provider: "sandbox" | "zoho";
                            connectedBy: string | null;
                            connectedAt: string | null;
                            zohoUser: string | null;
                            orgName: string | null;
                            orgId: string | null;
                            dataCentre: string | null;
                            edition: string | null;
                            environment: ("production" | "sandbox" | "developer") | null;
                            scopes: string[];
                            safeMode: boolean;
                            externalField: {
                                apiName: string;
                                /** @enum {string} */
                                mode: "external" | "marker";
                            } | null;
                            optionalFields: {
                                /** @enum {string} */
                                key: "activityType" | "aiScore" | "recording";
                                label: string;
                                apiName: string | null;
                            }[];
                            firstLoad: {
                                /** @enum {string} */
                                state: "running" | "done" | "failed";
                                steps: {
                                    module: string;
                                    loaded: number;
                                    total: number | null;
                                    startedAt: string | null;
                                    finishedAt: string | null;
                                    /** @description Why the module was left out */
                                    problem: string | null;
                                }[];
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                error: string | null;
                            } | null;
                            rights: {
                                checkedAt: string | null;
                                /** @description Titles of the rights that Zoho refuses */
                                refused: string[];
                                unknown: number;
                                /** @description Somebody reconnected; the rights are of the user before */
                                isChecking: boolean;
                            } | null;
                            probe: {
                                probedAt: string | null;
                                /** @description When Zoho last answered a call */
                                aliveAt: string | null;
                                nextProbeAt: string | null;
                                /** @description Since when the access is dead */
                                brokenAt: string | null;
                            };
                            mirrorHealth: {
                                lastPollAt: string | null;
                                nextPollAt: string | null;
                                /** @description Null where Zoho cannot reach the product: changes are seen by polls alone */
                                channel: {
                                    /** @enum {string} */
                                    state: "heard" | "open" | "silent" | "expired";
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    expiresAt: string;
                                    lastHeardAt: string | null;
                                } | null;
                                /** @enum {string} */
                                notesSeenBy: "list" | "drift";
                                problem: string | null;
                                creditsUsed: number;
                            } | null;
                            alerts: {
                                webhookUrl: string | null;
                                emails: string[];
                            };
                            roles: {
                                dealsLoaded: number;
                                dealsTotal: number;
                            };
                            mirror: {
                                contacts: number;
                                leads: number;
                                accounts: number;
                                deals: number;
                                users: number;
                            };
                            lastChangeSeenAt: string | null;
                            /** @description Meetings that are owed to Zoho */
                            waiting: number;
                            credits: {
                                usedToday: number;
                                dailyLimit: number | null;
                                /** @description Credits of a day that work which can wait leaves to other integrations */
                                reserve: number;
                                /** @description The same in percent of the day, 0 to 90 */
                                keptPercent: number;
                                /** @description Left to all who use the org, as far as known */
                                left: number | null;
                                /** @description What rests for want of credits, in a sentence */
                                resting: string | null;
                                restsUntil: string | null;
                                /** @description What waits, what it takes, and when nothing will wait any more */
                                forecast: {
                                    meetings: number;
                                    credits: number;
                                    emptyAt: string | null;
                                };
                            };
                            problem: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates the optional fields on meetings in Zoho */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        keys: ("activityType" | "aiScore" | "recording")[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            state: "not_connected" | "connecting" | "connected" | "needs_reauth" | "disconnected";
                            /** @enum {string} */
                            provider: "sandbox" | "zoho";
                            connectedBy: string | null;
                            connectedAt: string | null;
                            zohoUser: string | null;
                            orgName: string | null;
                            orgId: string | null;
                            dataCentre: string | null;
                            edition: string | null;
                            environment: ("production" | "sandbox" | "developer") | null;
                            scopes: string[];
                            safeMode: boolean;
                            externalField: {
                                apiName: string;
                                /** @enum {string} */
                                mode: "external" | "marker";
                            } | null;
                            optionalFields: {
                                /** @enum {string} */
                                key: "activityType" | "aiScore" | "recording";
                                label: string;
                                apiName: string | null;
                            }[];
                            firstLoad: {
                                /** @enum {string} */
                                state: "running" | "done" | "failed";
                                steps: {
                                    module: string;
                                    loaded: number;
                                    total: number | null;
                                    startedAt: string | null;
                                    finishedAt: string | null;
                                    /** @description Why the module was left out */
                                    problem: string | null;
                                }[];
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                error: string | null;
                            } | null;
                            rights: {
                                checkedAt: string | null;
                                /** @description Titles of the rights that Zoho refuses */
                                refused: string[];
                                unknown: number;
                                /** @description Somebody reconnected; the rights are of the user before */
                                isChecking: boolean;
                            } | null;
                            probe: {
                                probedAt: string | null;
                                /** @description When Zoho last answered a call */
                                aliveAt: string | null;
                                nextProbeAt: string | null;
                                /** @description Since when the access is dead */
                                brokenAt: string | null;
                            };
                            mirrorHealth: {
                                lastPollAt: string | null;
                                nextPollAt: string | null;
                                /** @description Null where Zoho cannot reach the product: changes are seen by polls alone */
                                channel: {
                                    /** @enum {string} */
                                    state: "heard" | "open" | "silent" | "expired";
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    expiresAt: string;
                                    lastHeardAt: string | null;
                                } | null;
                                /** @enum {string} */
                                notesSeenBy: "list" | "drift";
                                problem: string | null;
                                creditsUsed: number;
                            } | null;
                            alerts: {
                                webhookUrl: string | null;
                                emails: string[];
                            };
                            roles: {
                                dealsLoaded: number;
                                dealsTotal: number;
                            };
                            mirror: {
                                contacts: number;
                                leads: number;
                                accounts: number;
                                deals: number;
                                users: number;
                            };
                            lastChangeSeenAt: string | null;
                            /** @description Meetings that are owed to Zoho */
                            waiting: number;
                            credits: {
                                usedToday: number;
                                dailyLimit: number | null;
                                /** @description Credits of a day that work which can wait leaves to other integrations */
                                reserve: number;
                                /** @description The same in percent of the day, 0 to 90 */
                                keptPercent: number;
                                /** @description Left to all who use the org, as far as known */
                                left: number | null;
                                /** @description What rests for want of credits, in a sentence */
                                resting: string | null;
                                restsUntil: string | null;
                                /** @description What waits, what it takes, and when nothing will wait any more */
                                forecast: {
                                    meetings: number;
                                    credits: number;
                                    emptyAt: string | null;
                                };
                            };
                            problem: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checklist of rights as it was gone through last */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Null: a check of the user who reconnected is due */
                            checkedAt: string | null;
                            userName: string | null;
                            profileName: string | null;
                            lines: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                result: "ok" | "missing_scope" | "missing_profile_permission" | "not_available_in_edition" | "unknown" | "not_needed";
                                /** @description What stops working without it */
                                lost: string;
                                /** @description What to do, in one sentence; null: nothing */
                                cure: string | null;
                                detail: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Goes through the checklist of rights now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Null: a check of the user who reconnected is due */
                            checkedAt: string | null;
                            userName: string | null;
                            profileName: string | null;
                            lines: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                result: "ok" | "missing_scope" | "missing_profile_permission" | "not_available_in_edition" | "unknown" | "not_needed";
                                /** @description What stops working without it */
                                lost: string;
                                /** @description What to do, in one sentence; null: nothing */
                                cure: string | null;
                                detail: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the canary is, what is asked, and what may be written */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Nobody is shown on events, as no canary was finished */
                            safeMode: boolean;
                            modes: {
                                contacts: boolean;
                                emails: boolean;
                                users: boolean;
                                contactOfEvent: boolean;
                                updates: boolean;
                                notes: boolean;
                                deletes: boolean;
                            } | null;
                            /** @description Not empty: ask for the consent of the canary first */
                            missingScopes: string[];
                            hosts: {
                                id: string;
                                name: string;
                                email: string | null;
                            }[];
                            /** @description The newest canary */
                            run: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                            /** @description The canary that the modes come from */
                            decidedBy: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Starts the canary, or repeats it */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        mailbox: string;
                        /** @default null */
                        hostUserId?: string | null;
                        /**
                         * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                         * @enum {string}
                         */
                        calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Nobody is shown on events, as no canary was finished */
                            safeMode: boolean;
                            modes: {
                                contacts: boolean;
                                emails: boolean;
                                users: boolean;
                                contactOfEvent: boolean;
                                updates: boolean;
                                notes: boolean;
                                deletes: boolean;
                            } | null;
                            /** @description Not empty: ask for the consent of the canary first */
                            missingScopes: string[];
                            hosts: {
                                id: string;
                                name: string;
                                email: string | null;
                            }[];
                            /** @description The newest canary */
                            run: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                            /** @description The canary that the modes come from */
                            decidedBy: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/canary/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The address of the consent page that also allows creating and deleting contacts */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            authorizeUrl: string;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/canary/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says whether a mail came for a step; `not_sure` counts as a mail */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                        /** @enum {string} */
                        answer: "yes" | "no" | "not_sure";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Nobody is shown on events, as no canary was finished */
                            safeMode: boolean;
                            modes: {
                                contacts: boolean;
                                emails: boolean;
                                users: boolean;
                                contactOfEvent: boolean;
                                updates: boolean;
                                notes: boolean;
                                deletes: boolean;
                            } | null;
                            /** @description Not empty: ask for the consent of the canary first */
                            missingScopes: string[];
                            hosts: {
                                id: string;
                                name: string;
                                email: string | null;
                            }[];
                            /** @description The newest canary */
                            run: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                            /** @description The canary that the modes come from */
                            decidedBy: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/canary/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the canary without a result and removes what it left in Zoho */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Nobody is shown on events, as no canary was finished */
                            safeMode: boolean;
                            modes: {
                                contacts: boolean;
                                emails: boolean;
                                users: boolean;
                                contactOfEvent: boolean;
                                updates: boolean;
                                notes: boolean;
                                deletes: boolean;
                            } | null;
                            /** @description Not empty: ask for the consent of the canary first */
                            missingScopes: string[];
                            hosts: {
                                id: string;
                                name: string;
                                email: string | null;
                            }[];
                            /** @description The newest canary */
                            run: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                            /** @description The canary that the modes come from */
                            decidedBy: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "cleaning" | "done" | "cancelled" | "failed";
                                mailbox: string;
                                hostName: string;
                                /**
                                 * @description Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’
                                 * @enum {string}
                                 */
                                calendars: "none" | "host_synced" | "others_synced" | "not_sure";
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description When something is written next; null: when somebody answers */
                                dueAt: string | null;
                                problem: string | null;
                                steps: {
                                    /** @enum {string} */
                                    step: "contacts" | "emails" | "contactOfEvent" | "users" | "updates" | "notes" | "deletes";
                                    /** @enum {string} */
                                    state: "later" | "waiting" | "ask" | "answered" | "not_tried";
                                    writtenAt: string | null;
                                    askAt: string | null;
                                    answer: {
                                        /** @enum {string} */
                                        answer: "yes" | "no" | "not_sure";
                                        /**
                                         * @description ISO 8601 in UTC
                                         * @example 2026-11-20T14:00:00.000Z
                                         */
                                        at: string;
                                        by: string;
                                    } | null;
                                }[];
                            } | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What we wrote in Zoho, what leaving with these choices would do and cost, and how far it is */
        get: {
            parameters: {
                query?: {
                    /** @description Events that we created; the calendar’s own always stay */
                    events?: "remove" | "keep";
                    notes?: "remove" | "keep";
                    /** @description Our id on events that stay, and what we filled in on the calendar’s events */
                    ids?: "remove" | "keep";
                    /** @description Fields that we made on events, with what stands in them */
                    fields?: "remove" | "keep";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            connection: "none" | "connected" | "needs_reauth" | "disconnected";
                            /** @description What we wrote and is still in Zoho; null: never connected */
                            written: {
                                meetings: number;
                                ownEvents: number;
                                adoptedEvents: number;
                                summaryNotes: number;
                                consolidatedNotes: number;
                                ids: number;
                                channels: number;
                                eventsEdited: number;
                                notesEdited: number;
                                fields: {
                                    apiName: string;
                                    label: string;
                                }[];
                            } | null;
                            /** @description Not empty: fields can be removed after a consent of its own */
                            missingScopes: string[];
                            /** @description The choices that are priced */
                            choices: {
                                /**
                                 * @description Events that we created; the calendar’s own always stay
                                 * @enum {string}
                                 */
                                events: "remove" | "keep";
                                /** @enum {string} */
                                notes: "remove" | "keep";
                                /**
                                 * @description Our id on events that stay, and what we filled in on the calendar’s events
                                 * @enum {string}
                                 */
                                ids: "remove" | "keep";
                                /**
                                 * @description Fields that we made on events, with what stands in them
                                 * @enum {string}
                                 */
                                fields: "remove" | "keep";
                            };
                            /** @description Why these choices cannot be carried out */
                            refusal: string | null;
                            preview: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                notesDeleted: number;
                                /** @description Events of ours that stay and lose their id */
                                idsTaken: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                eventsKept: number;
                                notesKept: number;
                                /** @description Of the kept: stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                /** @description Not in Zoho any more */
                                eventsForgotten: number;
                                fieldsRemoved: number;
                                channels: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    fields: number;
                                    closing: number;
                                    total: number;
                                };
                                /** @description Null: the day’s budget never gives the credits */
                                seconds: number | null;
                                says: string[];
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            /** @description The newest leaving */
                            run: {
                                id: string;
                                /** @enum {string} */
                                phase: "taking_out" | "closing" | "stopped" | "cancelled" | "over";
                                choices: {
                                    /**
                                     * @description Events that we created; the calendar’s own always stay
                                     * @enum {string}
                                     */
                                    events: "remove" | "keep";
                                    /** @enum {string} */
                                    notes: "remove" | "keep";
                                    /**
                                     * @description Our id on events that stay, and what we filled in on the calendar’s events
                                     * @enum {string}
                                     */
                                    ids: "remove" | "keep";
                                    /**
                                     * @description Fields that we made on events, with what stands in them
                                     * @enum {string}
                                     */
                                    fields: "remove" | "keep";
                                };
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description What a person can do now */
                                steps: ("stop" | "resume" | "cancel")[];
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    creditsNeeded: number;
                                };
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    state: "planned" | "sending" | "done" | "failed";
                                    message: string | null;
                                }[];
                                /** @description What was found at the end */
                                result: {
                                    /** @description Events of ours that are still in Zoho */
                                    events: number;
                                    adoptedEvents: number;
                                    notes: number;
                                    ids: number;
                                    /** @description Events with our id as Zoho listed them; null: not asked */
                                    idsSeen: number | null;
                                    problems: string[];
                                } | null;
                            } | null;
                            /** @description Meetings that leaving took out, which can be brought back */
                            atRest: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Leaves Zoho with these choices; nothing new is published from now on */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Events that we created; the calendar’s own always stay
                         * @enum {string}
                         */
                        events: "remove" | "keep";
                        /** @enum {string} */
                        notes: "remove" | "keep";
                        /**
                         * @description Our id on events that stay, and what we filled in on the calendar’s events
                         * @enum {string}
                         */
                        ids: "remove" | "keep";
                        /**
                         * @description Fields that we made on events, with what stands in them
                         * @enum {string}
                         */
                        fields: "remove" | "keep";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            connection: "none" | "connected" | "needs_reauth" | "disconnected";
                            /** @description What we wrote and is still in Zoho; null: never connected */
                            written: {
                                meetings: number;
                                ownEvents: number;
                                adoptedEvents: number;
                                summaryNotes: number;
                                consolidatedNotes: number;
                                ids: number;
                                channels: number;
                                eventsEdited: number;
                                notesEdited: number;
                                fields: {
                                    apiName: string;
                                    label: string;
                                }[];
                            } | null;
                            /** @description Not empty: fields can be removed after a consent of its own */
                            missingScopes: string[];
                            /** @description The choices that are priced */
                            choices: {
                                /**
                                 * @description Events that we created; the calendar’s own always stay
                                 * @enum {string}
                                 */
                                events: "remove" | "keep";
                                /** @enum {string} */
                                notes: "remove" | "keep";
                                /**
                                 * @description Our id on events that stay, and what we filled in on the calendar’s events
                                 * @enum {string}
                                 */
                                ids: "remove" | "keep";
                                /**
                                 * @description Fields that we made on events, with what stands in them
                                 * @enum {string}
                                 */
                                fields: "remove" | "keep";
                            };
                            /** @description Why these choices cannot be carried out */
                            refusal: string | null;
                            preview: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                notesDeleted: number;
                                /** @description Events of ours that stay and lose their id */
                                idsTaken: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                eventsKept: number;
                                notesKept: number;
                                /** @description Of the kept: stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                /** @description Not in Zoho any more */
                                eventsForgotten: number;
                                fieldsRemoved: number;
                                channels: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    fields: number;
                                    closing: number;
                                    total: number;
                                };
                                /** @description Null: the day’s budget never gives the credits */
                                seconds: number | null;
                                says: string[];
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            /** @description The newest leaving */
                            run: {
                                id: string;
                                /** @enum {string} */
                                phase: "taking_out" | "closing" | "stopped" | "cancelled" | "over";
                                choices: {
                                    /**
                                     * @description Events that we created; the calendar’s own always stay
                                     * @enum {string}
                                     */
                                    events: "remove" | "keep";
                                    /** @enum {string} */
                                    notes: "remove" | "keep";
                                    /**
                                     * @description Our id on events that stay, and what we filled in on the calendar’s events
                                     * @enum {string}
                                     */
                                    ids: "remove" | "keep";
                                    /**
                                     * @description Fields that we made on events, with what stands in them
                                     * @enum {string}
                                     */
                                    fields: "remove" | "keep";
                                };
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description What a person can do now */
                                steps: ("stop" | "resume" | "cancel")[];
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    creditsNeeded: number;
                                };
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    state: "planned" | "sending" | "done" | "failed";
                                    message: string | null;
                                }[];
                                /** @description What was found at the end */
                                result: {
                                    /** @description Events of ours that are still in Zoho */
                                    events: number;
                                    adoptedEvents: number;
                                    notes: number;
                                    ids: number;
                                    /** @description Events with our id as Zoho listed them; null: not asked */
                                    idsSeen: number | null;
                                    problems: string[];
                                } | null;
                            } | null;
                            /** @description Meetings that leaving took out, which can be brought back */
                            atRest: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/leave/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The address of the consent page that also allows deleting fields */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            authorizeUrl: string;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/leave/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops taking out; nothing new is published meanwhile */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            connection: "none" | "connected" | "needs_reauth" | "disconnected";
                            /** @description What we wrote and is still in Zoho; null: never connected */
                            written: {
                                meetings: number;
                                ownEvents: number;
                                adoptedEvents: number;
                                summaryNotes: number;
                                consolidatedNotes: number;
                                ids: number;
                                channels: number;
                                eventsEdited: number;
                                notesEdited: number;
                                fields: {
                                    apiName: string;
                                    label: string;
                                }[];
                            } | null;
                            /** @description Not empty: fields can be removed after a consent of its own */
                            missingScopes: string[];
                            /** @description The choices that are priced */
                            choices: {
                                /**
                                 * @description Events that we created; the calendar’s own always stay
                                 * @enum {string}
                                 */
                                events: "remove" | "keep";
                                /** @enum {string} */
                                notes: "remove" | "keep";
                                /**
                                 * @description Our id on events that stay, and what we filled in on the calendar’s events
                                 * @enum {string}
                                 */
                                ids: "remove" | "keep";
                                /**
                                 * @description Fields that we made on events, with what stands in them
                                 * @enum {string}
                                 */
                                fields: "remove" | "keep";
                            };
                            /** @description Why these choices cannot be carried out */
                            refusal: string | null;
                            preview: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                notesDeleted: number;
                                /** @description Events of ours that stay and lose their id */
                                idsTaken: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                eventsKept: number;
                                notesKept: number;
                                /** @description Of the kept: stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                /** @description Not in Zoho any more */
                                eventsForgotten: number;
                                fieldsRemoved: number;
                                channels: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    fields: number;
                                    closing: number;
                                    total: number;
                                };
                                /** @description Null: the day’s budget never gives the credits */
                                seconds: number | null;
                                says: string[];
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            /** @description The newest leaving */
                            run: {
                                id: string;
                                /** @enum {string} */
                                phase: "taking_out" | "closing" | "stopped" | "cancelled" | "over";
                                choices: {
                                    /**
                                     * @description Events that we created; the calendar’s own always stay
                                     * @enum {string}
                                     */
                                    events: "remove" | "keep";
                                    /** @enum {string} */
                                    notes: "remove" | "keep";
                                    /**
                                     * @description Our id on events that stay, and what we filled in on the calendar’s events
                                     * @enum {string}
                                     */
                                    ids: "remove" | "keep";
                                    /**
                                     * @description Fields that we made on events, with what stands in them
                                     * @enum {string}
                                     */
                                    fields: "remove" | "keep";
                                };
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description What a person can do now */
                                steps: ("stop" | "resume" | "cancel")[];
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    creditsNeeded: number;
                                };
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    state: "planned" | "sending" | "done" | "failed";
                                    message: string | null;
                                }[];
                                /** @description What was found at the end */
                                result: {
                                    /** @description Events of ours that are still in Zoho */
                                    events: number;
                                    adoptedEvents: number;
                                    notes: number;
                                    ids: number;
                                    /** @description Events with our id as Zoho listed them; null: not asked */
                                    idsSeen: number | null;
                                    problems: string[];
                                } | null;
                            } | null;
                            /** @description Meetings that leaving took out, which can be brought back */
                            atRest: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/leave/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on after a stop */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            connection: "none" | "connected" | "needs_reauth" | "disconnected";
                            /** @description What we wrote and is still in Zoho; null: never connected */
                            written: {
                                meetings: number;
                                ownEvents: number;
                                adoptedEvents: number;
                                summaryNotes: number;
                                consolidatedNotes: number;
                                ids: number;
                                channels: number;
                                eventsEdited: number;
                                notesEdited: number;
                                fields: {
                                    apiName: string;
                                    label: string;
                                }[];
                            } | null;
                            /** @description Not empty: fields can be removed after a consent of its own */
                            missingScopes: string[];
                            /** @description The choices that are priced */
                            choices: {
                                /**
                                 * @description Events that we created; the calendar’s own always stay
                                 * @enum {string}
                                 */
                                events: "remove" | "keep";
                                /** @enum {string} */
                                notes: "remove" | "keep";
                                /**
                                 * @description Our id on events that stay, and what we filled in on the calendar’s events
                                 * @enum {string}
                                 */
                                ids: "remove" | "keep";
                                /**
                                 * @description Fields that we made on events, with what stands in them
                                 * @enum {string}
                                 */
                                fields: "remove" | "keep";
                            };
                            /** @description Why these choices cannot be carried out */
                            refusal: string | null;
                            preview: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                notesDeleted: number;
                                /** @description Events of ours that stay and lose their id */
                                idsTaken: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                eventsKept: number;
                                notesKept: number;
                                /** @description Of the kept: stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                /** @description Not in Zoho any more */
                                eventsForgotten: number;
                                fieldsRemoved: number;
                                channels: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    fields: number;
                                    closing: number;
                                    total: number;
                                };
                                /** @description Null: the day’s budget never gives the credits */
                                seconds: number | null;
                                says: string[];
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            /** @description The newest leaving */
                            run: {
                                id: string;
                                /** @enum {string} */
                                phase: "taking_out" | "closing" | "stopped" | "cancelled" | "over";
                                choices: {
                                    /**
                                     * @description Events that we created; the calendar’s own always stay
                                     * @enum {string}
                                     */
                                    events: "remove" | "keep";
                                    /** @enum {string} */
                                    notes: "remove" | "keep";
                                    /**
                                     * @description Our id on events that stay, and what we filled in on the calendar’s events
                                     * @enum {string}
                                     */
                                    ids: "remove" | "keep";
                                    /**
                                     * @description Fields that we made on events, with what stands in them
                                     * @enum {string}
                                     */
                                    fields: "remove" | "keep";
                                };
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description What a person can do now */
                                steps: ("stop" | "resume" | "cancel")[];
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    creditsNeeded: number;
                                };
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    state: "planned" | "sending" | "done" | "failed";
                                    message: string | null;
                                }[];
                                /** @description What was found at the end */
                                result: {
                                    /** @description Events of ours that are still in Zoho */
                                    events: number;
                                    adoptedEvents: number;
                                    notes: number;
                                    ids: number;
                                    /** @description Events with our id as Zoho listed them; null: not asked */
                                    idsSeen: number | null;
                                    problems: string[];
                                } | null;
                            } | null;
                            /** @description Meetings that leaving took out, which can be brought back */
                            atRest: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/leave/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stays in Zoho after all: what is out stays out, the rest goes on */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            connection: "none" | "connected" | "needs_reauth" | "disconnected";
                            /** @description What we wrote and is still in Zoho; null: never connected */
                            written: {
                                meetings: number;
                                ownEvents: number;
                                adoptedEvents: number;
                                summaryNotes: number;
                                consolidatedNotes: number;
                                ids: number;
                                channels: number;
                                eventsEdited: number;
                                notesEdited: number;
                                fields: {
                                    apiName: string;
                                    label: string;
                                }[];
                            } | null;
                            /** @description Not empty: fields can be removed after a consent of its own */
                            missingScopes: string[];
                            /** @description The choices that are priced */
                            choices: {
                                /**
                                 * @description Events that we created; the calendar’s own always stay
                                 * @enum {string}
                                 */
                                events: "remove" | "keep";
                                /** @enum {string} */
                                notes: "remove" | "keep";
                                /**
                                 * @description Our id on events that stay, and what we filled in on the calendar’s events
                                 * @enum {string}
                                 */
                                ids: "remove" | "keep";
                                /**
                                 * @description Fields that we made on events, with what stands in them
                                 * @enum {string}
                                 */
                                fields: "remove" | "keep";
                            };
                            /** @description Why these choices cannot be carried out */
                            refusal: string | null;
                            preview: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                notesDeleted: number;
                                /** @description Events of ours that stay and lose their id */
                                idsTaken: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                eventsKept: number;
                                notesKept: number;
                                /** @description Of the kept: stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                /** @description Not in Zoho any more */
                                eventsForgotten: number;
                                fieldsRemoved: number;
                                channels: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    fields: number;
                                    closing: number;
                                    total: number;
                                };
                                /** @description Null: the day’s budget never gives the credits */
                                seconds: number | null;
                                says: string[];
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            /** @description The newest leaving */
                            run: {
                                id: string;
                                /** @enum {string} */
                                phase: "taking_out" | "closing" | "stopped" | "cancelled" | "over";
                                choices: {
                                    /**
                                     * @description Events that we created; the calendar’s own always stay
                                     * @enum {string}
                                     */
                                    events: "remove" | "keep";
                                    /** @enum {string} */
                                    notes: "remove" | "keep";
                                    /**
                                     * @description Our id on events that stay, and what we filled in on the calendar’s events
                                     * @enum {string}
                                     */
                                    ids: "remove" | "keep";
                                    /**
                                     * @description Fields that we made on events, with what stands in them
                                     * @enum {string}
                                     */
                                    fields: "remove" | "keep";
                                };
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description What a person can do now */
                                steps: ("stop" | "resume" | "cancel")[];
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    creditsNeeded: number;
                                };
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    state: "planned" | "sending" | "done" | "failed";
                                    message: string | null;
                                }[];
                                /** @description What was found at the end */
                                result: {
                                    /** @description Events of ours that are still in Zoho */
                                    events: number;
                                    adoptedEvents: number;
                                    notes: number;
                                    ids: number;
                                    /** @description Events with our id as Zoho listed them; null: not asked */
                                    idsSeen: number | null;
                                    problems: string[];
                                } | null;
                            } | null;
                            /** @description Meetings that leaving took out, which can be brought back */
                            atRest: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/leave/bring-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes the meetings again that leaving took out, after everything live */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            connection: "none" | "connected" | "needs_reauth" | "disconnected";
                            /** @description What we wrote and is still in Zoho; null: never connected */
                            written: {
                                meetings: number;
                                ownEvents: number;
                                adoptedEvents: number;
                                summaryNotes: number;
                                consolidatedNotes: number;
                                ids: number;
                                channels: number;
                                eventsEdited: number;
                                notesEdited: number;
                                fields: {
                                    apiName: string;
                                    label: string;
                                }[];
                            } | null;
                            /** @description Not empty: fields can be removed after a consent of its own */
                            missingScopes: string[];
                            /** @description The choices that are priced */
                            choices: {
                                /**
                                 * @description Events that we created; the calendar’s own always stay
                                 * @enum {string}
                                 */
                                events: "remove" | "keep";
                                /** @enum {string} */
                                notes: "remove" | "keep";
                                /**
                                 * @description Our id on events that stay, and what we filled in on the calendar’s events
                                 * @enum {string}
                                 */
                                ids: "remove" | "keep";
                                /**
                                 * @description Fields that we made on events, with what stands in them
                                 * @enum {string}
                                 */
                                fields: "remove" | "keep";
                            };
                            /** @description Why these choices cannot be carried out */
                            refusal: string | null;
                            preview: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                notesDeleted: number;
                                /** @description Events of ours that stay and lose their id */
                                idsTaken: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                eventsKept: number;
                                notesKept: number;
                                /** @description Of the kept: stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                /** @description Not in Zoho any more */
                                eventsForgotten: number;
                                fieldsRemoved: number;
                                channels: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    fields: number;
                                    closing: number;
                                    total: number;
                                };
                                /** @description Null: the day’s budget never gives the credits */
                                seconds: number | null;
                                says: string[];
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            /** @description The newest leaving */
                            run: {
                                id: string;
                                /** @enum {string} */
                                phase: "taking_out" | "closing" | "stopped" | "cancelled" | "over";
                                choices: {
                                    /**
                                     * @description Events that we created; the calendar’s own always stay
                                     * @enum {string}
                                     */
                                    events: "remove" | "keep";
                                    /** @enum {string} */
                                    notes: "remove" | "keep";
                                    /**
                                     * @description Our id on events that stay, and what we filled in on the calendar’s events
                                     * @enum {string}
                                     */
                                    ids: "remove" | "keep";
                                    /**
                                     * @description Fields that we made on events, with what stands in them
                                     * @enum {string}
                                     */
                                    fields: "remove" | "keep";
                                };
                                startedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                /** @description What a person can do now */
                                steps: ("stop" | "resume" | "cancel")[];
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    creditsNeeded: number;
                                };
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    state: "planned" | "sending" | "done" | "failed";
                                    message: string | null;
                                }[];
                                /** @description What was found at the end */
                                result: {
                                    /** @description Events of ours that are still in Zoho */
                                    events: number;
                                    adoptedEvents: number;
                                    notes: number;
                                    ids: number;
                                    /** @description Events with our id as Zoho listed them; null: not asked */
                                    idsSeen: number | null;
                                    problems: string[];
                                } | null;
                            } | null;
                            /** @description Meetings that leaving took out, which can be brought back */
                            atRest: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest comparison with its findings, and what another one would cost */
        get: {
            parameters: {
                query?: {
                    kind?: "edited" | "missing" | "extra";
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            check: {
                                id: string;
                                /** @enum {string} */
                                state: "running" | "done" | "stopped";
                                askedBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetingsTotal: number;
                                meetingsChecked: number;
                                counts: {
                                    true: number;
                                    edited: number;
                                    missing: number;
                                    extra: number;
                                };
                                /** @description 0 to 100, one decimal; null before the first meeting */
                                truePercent: number | null;
                                problem: string | null;
                            } | null;
                            estimate: {
                                meetings: number;
                                /** @description What a check costs where nothing has changed; 1 more for each event that has */
                                credits: number;
                            };
                            findings: {
                                meetingId: string;
                                externalId: string;
                                title: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startsAt: string;
                                slot: string;
                                crmId: string | null;
                                /** @enum {string} */
                                kind: "edited" | "missing" | "extra";
                                detail: string;
                                choices: ("write_again" | "take_theirs" | "write_ours" | "remove_extra")[];
                                repairedAt: string | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Compares the ledger with Zoho now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checkId: string;
                            estimate: {
                                meetings: number;
                                /** @description What a check costs where nothing has changed; 1 more for each event that has */
                                credits: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drift/repair": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Repairs findings of the newest comparison: those that are named, or all that the choice is for */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        choice: "write_again" | "take_theirs" | "write_ours" | "remove_extra";
                        /** @default null */
                        findings?: {
                            meetingId: string;
                            slot: string;
                        }[] | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            repaired: number;
                            /** @description More findings of this kind are left: ask again */
                            remaining: boolean;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is odd about the org: layouts, withheld data, sharing, and what stands in the way of meetings */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Null: not read yet */
                            readAt: string | null;
                            fields: {
                                /** @description Zoho’s name of the field */
                                field: string;
                                label: string;
                                type: string;
                                maxLength: number | null;
                                /** @description What a pick list takes */
                                values: string[];
                                isUnique: boolean;
                                isRequired: boolean;
                                /** @description False: only making it optional in Zoho helps */
                                canBeConstant: boolean;
                                /** @description The value for all activity types without their own */
                                otherwise: (string | number | boolean | string[]) | null;
                                byActivityType: {
                                    activityType: string;
                                    value: string | number | boolean | string[];
                                }[];
                                meetingsWaiting: number;
                            }[];
                            /** @description Those that meetings came with */
                            activityTypes: string[];
                            withheld: {
                                /** @enum {string} */
                                module: "contacts" | "leads";
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    as: "hidden" | "restricted" | "vanished";
                                }[];
                                sentence: string;
                            }[];
                            eventsSharing: {
                                isPrivate: boolean;
                                knownFrom: ("zoho" | "stated") | null;
                                stated: ("public" | "private") | null;
                                statedBy: string | null;
                                sentence: string;
                            };
                            hidesInvitations: boolean;
                            /** @description What is odd about this org, in sentences */
                            notices: string[];
                            obstacles: {
                                /** @enum {string} */
                                cause: "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                                /** @description With `cause`, names it for a retry */
                                subject: string;
                                /** @description What stands in the way, and its cure */
                                message: string;
                                meetings: number;
                                field: {
                                    /** @description Zoho’s name of the field */
                                    field: string;
                                    label: string;
                                    type: string;
                                    maxLength: number | null;
                                    /** @description What a pick list takes */
                                    values: string[];
                                    isUnique: boolean;
                                    isRequired: boolean;
                                    /** @description False: only making it optional in Zoho helps */
                                    canBeConstant: boolean;
                                } | null;
                                record: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                } | null;
                                /** @description When it is tried again by itself; null: a person is waited for */
                                retryAt: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Reads layouts, fields and sharing again now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Null: not read yet */
                            readAt: string | null;
                            fields: {
                                /** @description Zoho’s name of the field */
                                field: string;
                                label: string;
                                type: string;
                                maxLength: number | null;
                                /** @description What a pick list takes */
                                values: string[];
                                isUnique: boolean;
                                isRequired: boolean;
                                /** @description False: only making it optional in Zoho helps */
                                canBeConstant: boolean;
                                /** @description The value for all activity types without their own */
                                otherwise: (string | number | boolean | string[]) | null;
                                byActivityType: {
                                    activityType: string;
                                    value: string | number | boolean | string[];
                                }[];
                                meetingsWaiting: number;
                            }[];
                            /** @description Those that meetings came with */
                            activityTypes: string[];
                            withheld: {
                                /** @enum {string} */
                                module: "contacts" | "leads";
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    as: "hidden" | "restricted" | "vanished";
                                }[];
                                sentence: string;
                            }[];
                            eventsSharing: {
                                isPrivate: boolean;
                                knownFrom: ("zoho" | "stated") | null;
                                stated: ("public" | "private") | null;
                                statedBy: string | null;
                                sentence: string;
                            };
                            hidesInvitations: boolean;
                            /** @description What is odd about this org, in sentences */
                            notices: string[];
                            obstacles: {
                                /** @enum {string} */
                                cause: "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                                /** @description With `cause`, names it for a retry */
                                subject: string;
                                /** @description What stands in the way, and its cure */
                                message: string;
                                meetings: number;
                                field: {
                                    /** @description Zoho’s name of the field */
                                    field: string;
                                    label: string;
                                    type: string;
                                    maxLength: number | null;
                                    /** @description What a pick list takes */
                                    values: string[];
                                    isUnique: boolean;
                                    isRequired: boolean;
                                    /** @description False: only making it optional in Zoho helps */
                                    canBeConstant: boolean;
                                } | null;
                                record: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                } | null;
                                /** @description When it is tried again by itself; null: a person is waited for */
                                retryAt: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/preflight/constants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives a field of events its fixed values; the meetings that wait for them go out */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        field: string;
                        otherwise: (string | number | boolean | string[]) | null;
                        /** @default [] */
                        byActivityType?: {
                            activityType: string;
                            value: string | number | boolean | string[];
                        }[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            meetings: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/preflight/events-sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** States whether events are private, for an org where Zoho does not tell */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        sharing: ("public" | "private") | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Null: not read yet */
                            readAt: string | null;
                            fields: {
                                /** @description Zoho’s name of the field */
                                field: string;
                                label: string;
                                type: string;
                                maxLength: number | null;
                                /** @description What a pick list takes */
                                values: string[];
                                isUnique: boolean;
                                isRequired: boolean;
                                /** @description False: only making it optional in Zoho helps */
                                canBeConstant: boolean;
                                /** @description The value for all activity types without their own */
                                otherwise: (string | number | boolean | string[]) | null;
                                byActivityType: {
                                    activityType: string;
                                    value: string | number | boolean | string[];
                                }[];
                                meetingsWaiting: number;
                            }[];
                            /** @description Those that meetings came with */
                            activityTypes: string[];
                            withheld: {
                                /** @enum {string} */
                                module: "contacts" | "leads";
                                fields: {
                                    label: string;
                                    /** @enum {string} */
                                    as: "hidden" | "restricted" | "vanished";
                                }[];
                                sentence: string;
                            }[];
                            eventsSharing: {
                                isPrivate: boolean;
                                knownFrom: ("zoho" | "stated") | null;
                                stated: ("public" | "private") | null;
                                statedBy: string | null;
                                sentence: string;
                            };
                            hidesInvitations: boolean;
                            /** @description What is odd about this org, in sentences */
                            notices: string[];
                            obstacles: {
                                /** @enum {string} */
                                cause: "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                                /** @description With `cause`, names it for a retry */
                                subject: string;
                                /** @description What stands in the way, and its cure */
                                message: string;
                                meetings: number;
                                field: {
                                    /** @description Zoho’s name of the field */
                                    field: string;
                                    label: string;
                                    type: string;
                                    maxLength: number | null;
                                    /** @description What a pick list takes */
                                    values: string[];
                                    isUnique: boolean;
                                    isRequired: boolean;
                                    /** @description False: only making it optional in Zoho helps */
                                    canBeConstant: boolean;
                                } | null;
                                record: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                } | null;
                                /** @description When it is tried again by itself; null: a person is waited for */
                                retryAt: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/zoho/preflight/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries every meeting of one cause again now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        cause: "mandatory_field" | "unique_value" | "pick_value" | "validation_rule" | "record_blocked" | "record_hidden";
                        subject: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            meetings: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backfills and undos, newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                /** @enum {string} */
                                kind: "import" | "undo" | "leave";
                                name: string;
                                /** @enum {string} */
                                state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                                /** @description What a paused one goes on with */
                                resumesAs: ("running" | "undoing") | null;
                                /** @description Only of an undo: everything brought to Zoho from here on */
                                since: string | null;
                                createdBy: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                createdAt: string;
                                startedAt: string | null;
                                finishedAt: string | null;
                                steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                                simulation: {
                                    /**
                                     * @description ISO 8601 in UTC
                                     * @example 2026-11-20T14:00:00.000Z
                                     */
                                    startedAt: string;
                                    finishedAt: string | null;
                                    meetings: number;
                                    published: number;
                                    held: {
                                        cause: string;
                                        meetings: number;
                                    }[];
                                    notPublished: {
                                        cause: string;
                                        meetings: number;
                                    }[];
                                    /** @description Not processed yet */
                                    waiting: number;
                                    links: {
                                        email: number;
                                        plusTag: number;
                                        phone: number;
                                        domain: number;
                                        lead: number;
                                        cascade: number;
                                        decisions: number;
                                    };
                                    /** @description Participants of the other side */
                                    ambiguous: number;
                                    unmatched: number;
                                    events: number;
                                    notes: number;
                                    participants: number;
                                    /** @description Meetings whose deals may change once contact roles are read */
                                    rolesUnknown: number;
                                    credits: {
                                        writes: number;
                                        verification: number;
                                        candidates: number;
                                        roles: number;
                                        total: number;
                                    };
                                    topRecords: {
                                        /** @enum {string} */
                                        module: "contacts" | "leads" | "accounts" | "deals";
                                        crmId: string;
                                        name: string;
                                        notes: number;
                                    }[];
                                    samples: {
                                        externalId: string;
                                        title: string;
                                        plan: {
                                            publication: {
                                                /** @enum {string} */
                                                kind: "publish" | "waiting" | "held" | "not_published";
                                                cause: string | null;
                                                reason: string;
                                            };
                                            operations: {
                                                key: string;
                                                /** @enum {string} */
                                                action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                                label: string;
                                                before: {
                                                    [key: string]: unknown;
                                                } | null;
                                                after: {
                                                    [key: string]: unknown;
                                                } | null;
                                                changed: string[];
                                            }[];
                                            shownOn: {
                                                /** @enum {string} */
                                                module: "contacts" | "leads" | "accounts" | "deals";
                                                crmId: string;
                                                name: string;
                                                /** @enum {string} */
                                                how: "primary" | "contact" | "participant" | "note";
                                            }[];
                                            leftOut: {
                                                /** @enum {string} */
                                                module: "contacts" | "leads" | "accounts" | "deals";
                                                crmId: string;
                                                name: string;
                                                cause: string;
                                                reason: string;
                                            }[];
                                            warnings: string[];
                                            cost: {
                                                calls: number;
                                                credits: number;
                                            };
                                        };
                                    }[];
                                } | null;
                                /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                                hours: number | null;
                                undo: {
                                    meetings: number;
                                    eventsDeleted: number;
                                    /** @description Of the deleted: people are taken off them first */
                                    eventsWithPeople: number;
                                    /** @description Events of the calendar that lose what we put on them and stay */
                                    eventsReleased: number;
                                    notesDeleted: number;
                                    /** @description Stay because a person edited them or a note on them */
                                    eventsLeft: number;
                                    notesLeft: number;
                                    credits: {
                                        looks: number;
                                        writes: number;
                                        total: number;
                                    };
                                    left: {
                                        externalId: string;
                                        title: string;
                                        detail: string;
                                    }[];
                                } | null;
                                progress: {
                                    meetings: number;
                                    done: number;
                                    left: number;
                                    published: number;
                                    verified: number;
                                    held: number;
                                    notPublished: number;
                                    failed: number;
                                    undone: number;
                                    eventsWritten: number;
                                    notesWritten: number;
                                    /** @description Meetings that the simulation under way has done */
                                    simulated: number | null;
                                    ratePerMinute: number | null;
                                    secondsLeft: number | null;
                                    creditsUsed: number;
                                    /** @description Still needed */
                                    creditsNeeded: number;
                                };
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Opens a backfill; its meetings come by PUT /meetings/{externalId}?backfill={id} and wait for its start */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One with its simulation and progress */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What undoing it would take out of Zoho now, and what stays because a person edited it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            meetings: number;
                            eventsDeleted: number;
                            /** @description Of the deleted: people are taken off them first */
                            eventsWithPeople: number;
                            /** @description Events of the calendar that lose what we put on them and stay */
                            eventsReleased: number;
                            notesDeleted: number;
                            /** @description Stay because a person edited them or a note on them */
                            eventsLeft: number;
                            notesLeft: number;
                            credits: {
                                looks: number;
                                writes: number;
                                total: number;
                            };
                            left: {
                                externalId: string;
                                title: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Takes out of Zoho what it published, but for what people edited; mails nobody */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Counts what was brought to Zoho since a time; nothing goes before POST /backfills/{id}/start */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: date-time */
                        since: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Works out what it will do; nothing is written and no credit is used */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets it go, after everything live */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds back what has not begun */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on after a pause */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backfills/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds back what has not begun, for good; what is published stays */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "import" | "undo" | "leave";
                            name: string;
                            /** @enum {string} */
                            state: "simulating" | "ready" | "running" | "paused" | "cancelled" | "done" | "undoing" | "undone";
                            /** @description What a paused one goes on with */
                            resumesAs: ("running" | "undoing") | null;
                            /** @description Only of an undo: everything brought to Zoho from here on */
                            since: string | null;
                            createdBy: string;
                            /**
                             * @description ISO 8601 in UTC
                             * @example 2026-11-20T14:00:00.000Z
                             */
                            createdAt: string;
                            startedAt: string | null;
                            finishedAt: string | null;
                            steps: ("simulate" | "start" | "pause" | "resume" | "cancel" | "undo")[];
                            simulation: {
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                startedAt: string;
                                finishedAt: string | null;
                                meetings: number;
                                published: number;
                                held: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                notPublished: {
                                    cause: string;
                                    meetings: number;
                                }[];
                                /** @description Not processed yet */
                                waiting: number;
                                links: {
                                    email: number;
                                    plusTag: number;
                                    phone: number;
                                    domain: number;
                                    lead: number;
                                    cascade: number;
                                    decisions: number;
                                };
                                /** @description Participants of the other side */
                                ambiguous: number;
                                unmatched: number;
                                events: number;
                                notes: number;
                                participants: number;
                                /** @description Meetings whose deals may change once contact roles are read */
                                rolesUnknown: number;
                                credits: {
                                    writes: number;
                                    verification: number;
                                    candidates: number;
                                    roles: number;
                                    total: number;
                                };
                                topRecords: {
                                    /** @enum {string} */
                                    module: "contacts" | "leads" | "accounts" | "deals";
                                    crmId: string;
                                    name: string;
                                    notes: number;
                                }[];
                                samples: {
                                    externalId: string;
                                    title: string;
                                    plan: {
                                        publication: {
                                            /** @enum {string} */
                                            kind: "publish" | "waiting" | "held" | "not_published";
                                            cause: string | null;
                                            reason: string;
                                        };
                                        operations: {
                                            key: string;
                                            /** @enum {string} */
                                            action: "create_event" | "update_event" | "adopt_event" | "disown_event" | "release_event" | "delete_event" | "create_note" | "update_note" | "delete_note";
                                            label: string;
                                            before: {
                                                [key: string]: unknown;
                                            } | null;
                                            after: {
                                                [key: string]: unknown;
                                            } | null;
                                            changed: string[];
                                        }[];
                                        shownOn: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            /** @enum {string} */
                                            how: "primary" | "contact" | "participant" | "note";
                                        }[];
                                        leftOut: {
                                            /** @enum {string} */
                                            module: "contacts" | "leads" | "accounts" | "deals";
                                            crmId: string;
                                            name: string;
                                            cause: string;
                                            reason: string;
                                        }[];
                                        warnings: string[];
                                        cost: {
                                            calls: number;
                                            credits: number;
                                        };
                                    };
                                }[];
                            } | null;
                            /** @description What is left takes so long under the day’s budget of credits; null before it is known */
                            hours: number | null;
                            undo: {
                                meetings: number;
                                eventsDeleted: number;
                                /** @description Of the deleted: people are taken off them first */
                                eventsWithPeople: number;
                                /** @description Events of the calendar that lose what we put on them and stay */
                                eventsReleased: number;
                                notesDeleted: number;
                                /** @description Stay because a person edited them or a note on them */
                                eventsLeft: number;
                                notesLeft: number;
                                credits: {
                                    looks: number;
                                    writes: number;
                                    total: number;
                                };
                                left: {
                                    externalId: string;
                                    title: string;
                                    detail: string;
                                }[];
                            } | null;
                            progress: {
                                meetings: number;
                                done: number;
                                left: number;
                                published: number;
                                verified: number;
                                held: number;
                                notPublished: number;
                                failed: number;
                                undone: number;
                                eventsWritten: number;
                                notesWritten: number;
                                /** @description Meetings that the simulation under way has done */
                                simulated: number | null;
                                ratePerMinute: number | null;
                                secondsLeft: number | null;
                                creditsUsed: number;
                                /** @description Still needed */
                                creditsNeeded: number;
                            };
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where alerts go, and the latest ones */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            webhookUrl: string | null;
                            emails: string[];
                            /** @description False: no SMTP server is configured */
                            canMail: boolean;
                            /** @description The signing secret, told once when it is made */
                            newSecret: string | null;
                            recent: {
                                id: string;
                                /** @enum {string} */
                                kind: "connection_broken" | "connection_restored" | "channel_dead" | "mirror_bound" | "drift" | "test";
                                message: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                raisedAt: string;
                                deliveries: {
                                    /** @description `webhook`, or an address */
                                    target: string;
                                    deliveredAt: string | null;
                                    nextAt: string | null;
                                    problem: string | null;
                                }[];
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replaces where alerts go
         * @description A webhook is a POST of {id, kind, title, message, raisedAt, organization: {id, name}, page}. Its header x-salescaling-signature is t=<seconds>,v1=<hex>, the HMAC-SHA256 of "<t>.<body>" with the signing secret. The same id comes again when an answer was lost.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        webhookUrl: string | null;
                        emails: string[];
                        /** @default false */
                        renewSecret?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            webhookUrl: string | null;
                            emails: string[];
                            /** @description False: no SMTP server is configured */
                            canMail: boolean;
                            /** @description The signing secret, told once when it is made */
                            newSecret: string | null;
                            recent: {
                                id: string;
                                /** @enum {string} */
                                kind: "connection_broken" | "connection_restored" | "channel_dead" | "mirror_bound" | "drift" | "test";
                                message: string;
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                raisedAt: string;
                                deliveries: {
                                    /** @description `webhook`, or an address */
                                    target: string;
                                    deliveredAt: string | null;
                                    nextAt: string | null;
                                    problem: string | null;
                                }[];
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/alerts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test everywhere now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            results: {
                                target: string;
                                problem: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Name and policy of the organization */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            organizationName: string;
                            internalDomains: string[];
                            userDomains: string[];
                            freeMailDomains: string[];
                            matchByDomain: boolean;
                            /** @enum {string} */
                            cascade: "everything" | "focused";
                            focused: {
                                maxDeals: number;
                                pipelines: string[] | null;
                                windowDays: number | null;
                                askAbove: boolean;
                            };
                            /** @enum {string} */
                            publish: "relevant" | "everything";
                            noteCap: number | null;
                            publishInternal: boolean;
                            publishUnmatched: boolean;
                            lateRecordDays: number;
                            newPeopleDays: number;
                            describeContent: boolean;
                            smartCategoryOrder: string[];
                            /** @enum {string} */
                            unsureEvent: "wait" | "create";
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Replaces name and policy; every meeting is looked at again */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        internalDomains: string[];
                        freeMailDomains: string[];
                        matchByDomain: boolean;
                        /** @enum {string} */
                        cascade: "everything" | "focused";
                        /** @enum {string} */
                        publish: "relevant" | "everything";
                        noteCap: number | null;
                        publishInternal: boolean;
                        publishUnmatched: boolean;
                        lateRecordDays: number;
                        /** @default 90 */
                        newPeopleDays?: number;
                        describeContent: boolean;
                        smartCategoryOrder: string[];
                        /**
                         * @default wait
                         * @enum {string}
                         */
                        unsureEvent?: "wait" | "create";
                        focused: {
                            maxDeals: number;
                            pipelines: string[] | null;
                            windowDays: number | null;
                            askAbove: boolean;
                        };
                        organizationName: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            organizationName: string;
                            internalDomains: string[];
                            userDomains: string[];
                            freeMailDomains: string[];
                            matchByDomain: boolean;
                            /** @enum {string} */
                            cascade: "everything" | "focused";
                            focused: {
                                maxDeals: number;
                                pipelines: string[] | null;
                                windowDays: number | null;
                                askAbove: boolean;
                            };
                            /** @enum {string} */
                            publish: "relevant" | "everything";
                            noteCap: number | null;
                            publishInternal: boolean;
                            publishUnmatched: boolean;
                            lateRecordDays: number;
                            newPeopleDays: number;
                            describeContent: boolean;
                            smartCategoryOrder: string[];
                            /** @enum {string} */
                            unsureEvent: "wait" | "create";
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live keys */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                name: string;
                                prefix: string;
                                scopes: string[];
                                /**
                                 * @description ISO 8601 in UTC
                                 * @example 2026-11-20T14:00:00.000Z
                                 */
                                createdAt: string;
                                lastUsedAt: string | null;
                            }[];
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a key; it is shown this once */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            key: string;
                            prefix: string;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a key */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            user: {
                                id: string;
                                name: string;
                                email: string;
                            };
                            organization: {
                                id: string;
                                name: string;
                            };
                            /** @enum {string} */
                            role: "read_only" | "regular" | "admin" | "owner";
                            version: string;
                            /** @description Pages of the sandbox; null when a real Zoho client is configured */
                            sandboxUrl: string | null;
                            connection: {
                                /** @enum {string} */
                                state: "not_connected" | "connecting" | "connected" | "needs_reauth" | "disconnected";
                                label: string;
                            };
                            needsYou: number;
                        };
                    };
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong, to what, and what to do next */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
            code: string;
            detail: string;
            errors: {
                path: string;
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
