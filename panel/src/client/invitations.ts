import {
  acceptanceAccept,
  acceptanceRead,
  type AcceptInvitationBody,
  invitationsInvite,
  invitationsList,
  invitationsRevoke,
  type InvitationView,
  type InviteAdminBody,
} from '../api';
import { stoppable } from './transport';

export type Invitation = InvitationView;
export type NewInvitation = InviteAdminBody;

/** The path of the page that an invited person opens; the token stands behind `#token=`. */
export const INVITATION_PATH = 'invitation';

export const listInvitations = (signal?: AbortSignal) =>
  invitationsList({ query: { limit: 100 }, ...stoppable(signal) });
/** The link is in the answer once and never again, made whole where the server does not know its own address. */
export const invite = async (body: NewInvitation) => {
  const made = await invitationsInvite({ body });
  return { ...made, link: new URL(made.link, document.baseURI).toString() };
};
export const revokeInvitation = (id: string) => invitationsRevoke({ path: { id } });

/** For whom an invitation is, asked by whoever holds its token. */
export const readInvitation = (token: string) => acceptanceRead({ body: { token } });
export const acceptInvitation = (body: AcceptInvitationBody) => acceptanceAccept({ body });
