package dev.runbook.rehearsal.cmdlet.pool;

import dev.runbook.rehearsal.cmdlet.CmdletError;
import dev.runbook.rehearsal.model.Pool;
import java.util.List;

/** How the pool is named: {@code PersistentChatServer:FQDN}, with or without {@code service:} before it. */
final class PoolIdentity {
    private static final String ROLE = "PersistentChatServer:";

    private PoolIdentity() {}

    /** As the cmdlets print it. */
    static String of(Pool pool) {
        return ROLE + pool.fqdn();
    }

    /**
     * Requires that the name means the pool. The bare {@code service:FQDN} is taken too, for Microsoft's page writes it.
     *
     * @throws CmdletError when it means nothing, such as one with a blank behind the colon
     */
    static void require(Pool pool, String identity, String cmdlet) {
        boolean meant = List.of(of(pool), "service:" + of(pool), "service:" + pool.fqdn()).stream()
                .anyMatch(name -> name.equalsIgnoreCase(identity));
        if (!meant) {
            throw CmdletError.of(
                    "Cannot find \"" + identity + "\" in the topology. Write \"" + of(pool) + "\".",
                    "IdentityNotFound",
                    "ObjectNotFound",
                    cmdlet);
        }
    }
}
