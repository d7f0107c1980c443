package dev.runbook.rehearsal.sqlserver.session;

import dev.runbook.rehearsal.model.Connection;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.EstateStore;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.sqlserver.statement.Access;
import dev.runbook.rehearsal.tds.Backend;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One server of the estate. Whether it listens is the business of whoever runs the estate; whoever reaches it while it is
 * down is turned away.
 */
public final class SimulatedServer implements Backend {
    private final String name;
    private final Services services;

    /**
     * A server of the estate.
     *
     * @param name as {@code @@SERVERNAME} tells it
     */
    public SimulatedServer(String name, Services services) {
        this.name = name;
        this.services = services;
    }

    @Override
    public Admission admit(Login login) {
        return services.store().apply(state -> admit(state, login));
    }

    private EstateStore.Changed<Admission> admit(EstateState state, Login login) {
        Server server = state.server(name);
        boolean known = server.logins().stream()
                .anyMatch(one -> one.name().equalsIgnoreCase(login.user())
                        && one.password().equals(login.password()));
        if (!server.up() || !known) {
            return refused(state, Complaint.LOGIN_FAILED, login.user());
        }
        String database = login.database().isEmpty() ? "master" : login.database();
        int spid = server.sessions().next();
        if (Access.refusalToUse(server, database, spid).isPresent()) {
            return refused(state, Complaint.CANNOT_OPEN_DATABASE, database);
        }
        Sessions sessions = server.sessions()
                .plus(new Connection(
                        spid,
                        login.user(),
                        login.workstation(),
                        login.program(),
                        database,
                        Connection.WAITING,
                        LocalDateTime.now(services.clock()),
                        Connection.Kind.CLIENT));
        Admission granted = new Admission.Granted(new ServerSession(name, spid, login.user(), services));
        return new EstateStore.Changed<>(state.with(server.with(sessions)), granted);
    }

    private static EstateStore.Changed<Admission> refused(EstateState state, Complaint complaint, String about) {
        return new EstateStore.Changed<>(state, new Admission.Refused(complaint.of(about)));
    }

    /** Whether somebody is an administrator of a server. */
    static boolean administrator(Server server, String login) {
        Optional<Server.Login> found = server.logins().stream()
                .filter(one -> one.name().equalsIgnoreCase(login))
                .findFirst();
        return found.filter(Server.Login::sysadmin).isPresent();
    }
}
