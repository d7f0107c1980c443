package dev.runbook.rehearsal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The Persistent Chat pool as the Central Management Store knows it, with its replicas and the Windows services.
 *
 * @param fqdn of the pool
 * @param topology where its databases are
 * @param settings what the cmdlets set
 * @param revision grows with each change of the settings
 * @param replicas the copies of the settings, one a computer
 * @param services the Windows services
 */
public record Pool(
        String fqdn,
        Topology topology,
        Settings settings,
        long revision,
        List<Replica> replicas,
        List<WindowsService> services) {
    /** Copies the lists. */
    public Pool {
        replicas = List.copyOf(replicas);
        services = List.copyOf(services);
    }

    /** Which database serves. */
    public enum State {
        /** {@code Normal}: the primary one or its mirror. */
        NORMAL("Normal"),
        /** {@code FailedOver}: the backup one or its mirror. */
        FAILED_OVER("FailedOver");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As the shell writes it. */
        public String word() {
            return word;
        }
    }

    /**
     * The four database servers of the pool, as {@code @@SERVERNAME} tells them, and the computers that serve users.
     *
     * @param primary serves in the normal state
     * @param primaryMirror its mirror
     * @param backup serves after a failover
     * @param backupMirror its mirror
     * @param members full names of all Persistent Chat servers of the pool
     */
    public record Topology(
            String primary,
            Optional<String> primaryMirror,
            String backup,
            Optional<String> backupMirror,
            List<String> members) {
        /** Copies the list. */
        public Topology {
            members = List.copyOf(members);
        }

        /** The mirror that goes with a server; empty where the topology has none, or does not know the server. */
        public Optional<String> mirrorOf(String server) {
            if (server.equalsIgnoreCase(primary)) {
                return primaryMirror;
            }
            return server.equalsIgnoreCase(backup) ? backupMirror : Optional.empty();
        }
    }

    /**
     * What the cmdlets set.
     *
     * @param state which database serves
     * @param active full names of the servers that serve users
     */
    public record Settings(State state, List<String> active) {
        /** Copies the list. */
        public Settings {
            active = List.copyOf(active);
        }
    }

    /**
     * A computer's copy of the settings.
     *
     * @param fqdn of the computer
     * @param dead it never answers
     * @param revision the newest that it has seen
     * @param due when it will have the newest; empty when nothing is under way
     */
    public record Replica(String fqdn, boolean dead, long revision, Optional<Instant> due) {
        /** Whether it has this revision now. */
        public boolean upToDate(long newest, Instant now) {
            return !dead
                    && (revision >= newest
                            || due.filter(when -> !now.isBefore(when)).isPresent());
        }
    }

    /**
     * A Windows service.
     *
     * @param computer full name
     * @param name such as {@code RTCCHAT}
     * @param running whether it runs
     * @param attached the server to which it keeps a connection; comes back to it for as long as it runs
     */
    public record WindowsService(String computer, String name, boolean running, Optional<String> attached) {
        /** Started or stopped; a stopped service lets go of its server. */
        public WindowsService running(boolean next) {
            return new WindowsService(computer, name, next, next ? attached : Optional.empty());
        }

        /** Connected to a server, or to none. */
        public WindowsService attached(Optional<String> server) {
            return new WindowsService(computer, name, running, server);
        }
    }

    /** With other settings, which the living replicas will have after a while. */
    public Pool with(Settings next, Instant now, Duration lag) {
        long newest = revision + 1;
        List<Replica> informed = replicas.stream()
                .map(replica ->
                        new Replica(replica.fqdn(), replica.dead(), replica.revision(), Optional.of(now.plus(lag))))
                .toList();
        return new Pool(fqdn, topology, next, newest, informed, services);
    }

    /** With the replicas of some computers changed. */
    public Pool withReplicas(UnaryOperator<Replica> change) {
        return new Pool(
                fqdn,
                topology,
                settings,
                revision,
                replicas.stream().map(change).toList(),
                services);
    }

    /** With the services changed. */
    public Pool withServices(UnaryOperator<WindowsService> change) {
        return new Pool(
                fqdn,
                topology,
                settings,
                revision,
                replicas,
                services.stream().map(change).toList());
    }

    /** With what is due arrived at the living replicas. */
    public Pool replicated(Instant now) {
        return withReplicas(replica -> replica.upToDate(revision, now)
                ? new Replica(replica.fqdn(), false, revision, Optional.empty())
                : replica);
    }

    /** The copy of a computer. */
    public Optional<Replica> replica(String computer) {
        return replicas.stream()
                .filter(replica -> replica.fqdn().equalsIgnoreCase(computer))
                .findFirst();
    }

    /** A service of a computer. */
    public Optional<WindowsService> service(String computer, String name) {
        return services.stream()
                .filter(service -> service.computer().equalsIgnoreCase(computer)
                        && service.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
