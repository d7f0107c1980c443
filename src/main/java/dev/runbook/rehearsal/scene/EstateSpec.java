package dev.runbook.rehearsal.scene;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Server;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Servers, pool and computers: all of them at the start of a scene, those that change in a transition.
 *
 * @param servers the SQL servers
 * @param logShipping one entry for each log shipping
 * @param pool the Persistent Chat pool
 * @param computers those that run services or hold a replica of the configuration
 */
public record EstateSpec(
        List<ServerSpec> servers,
        List<LogShippingSpec> logShipping,
        Optional<PoolSpec> pool,
        List<ComputerSpec> computers) {
    /** Nothing. */
    public static final EstateSpec EMPTY = new EstateSpec(List.of(), List.of(), Optional.empty(), List.of());

    /** Copies the lists. */
    public EstateSpec {
        servers = List.copyOf(servers);
        logShipping = List.copyOf(logShipping);
        computers = List.copyOf(computers);
    }

    EstateSpec withPassword(String drawn) {
        return new EstateSpec(
                servers.stream().map(server -> server.withPassword(drawn)).toList(), logShipping, pool, computers);
    }

    /** The server of that name in the scene. */
    public Optional<ServerSpec> server(String id) {
        return servers.stream().filter(server -> server.id().equals(id)).findFirst();
    }

    /**
     * A SQL Server.
     *
     * @param id its name within the scene
     * @param host its full name
     * @param instance of a named instance
     * @param running whether it answers
     * @param version such as {@code 11.0.7001.0}
     * @param login the one login that it knows
     * @param encrypt whether a site file asks for TLS
     * @param agent its SQL Server Agent
     * @param databases the user databases
     * @param sessions of programs that do nothing but hold a connection
     */
    public record ServerSpec(
            String id,
            Server.Identity identity,
            boolean running,
            Server.Login login,
            boolean refused,
            boolean encrypt,
            Agent agent,
            List<DatabaseSpec> databases,
            List<SessionSpec> sessions) {
        /** Copies the lists. */
        public ServerSpec {
            databases = List.copyOf(databases);
            sessions = List.copyOf(sessions);
        }

        /** The same server with this password, unless the scene writes one down. */
        ServerSpec withPassword(String drawn) {
            Server.Login own =
                    login.password().isEmpty() ? new Server.Login(login.name(), drawn, login.sysadmin()) : login;
            return new ServerSpec(id, identity, running, own, refused, encrypt, agent, databases, sessions);
        }

        /** {@code HOST} or {@code HOST\INSTANCE}: what a site file calls it. */
        public String name() {
            return identity.host() + (identity.instance().isEmpty() ? "" : "\\" + identity.instance());
        }

        /**
         * A connection that a program holds.
         *
         * @param program its name
         * @param login as whom
         * @param host from where
         * @param database in which
         * @param system whether it is a part of the server itself, which nobody can end
         */
        public record SessionSpec(String program, String login, String host, String database, boolean system) {}

        /**
         * A user database.
         *
         * @param name its name
         * @param state how it stands
         * @param family databases of one family are copies of one another; empty for one that was created by itself
         * @param mirror the server, by its name in the scene, that holds its mirror, in step
         * @param tookOver whether that mirror has taken over, so that this side is the mirror now
         * @param tables rows by table
         */
        public record DatabaseSpec(
                String name,
                State state,
                Optional<String> family,
                Optional<String> mirror,
                boolean tookOver,
                Map<String, Long> tables) {
            /** How a database stands. */
            public enum State {
                /** In use. */
                ONLINE,
                /** Not readable; a copy that nobody completes, such as one that a removed mirror leaves. */
                RESTORING,
                /** The primary of a log shipping of the scene, in use; what it holds comes from there. */
                SHIPPING,
                /** The secondary of a log shipping of the scene, waiting for log backups. */
                SHIPPED,
                /** As {@link #SHIPPED}, readable while it waits. */
                STANDBY
            }

            /** Copies the map, keeping its order. */
            public DatabaseSpec {
                tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
            }
        }
    }

    /**
     * The Persistent Chat pool as the topology has it.
     *
     * @param fqdn its name
     * @param failedOver whether its state is {@code FailedOver}; else it is {@code Normal}
     * @param active the servers that serve users
     * @param inactive the others
     * @param databases where mgc is
     */
    public record PoolSpec(
            String fqdn, boolean failedOver, List<String> active, List<String> inactive, Databases databases) {
        /**
         * The four servers of a database, by their names in the scene.
         *
         * @param primary the one of data centre 1
         * @param mirror its mirror
         * @param backup the one of data centre 2
         * @param backupMirror its mirror
         */
        public record Databases(
                String primary, Optional<String> mirror, String backup, Optional<String> backupMirror) {}

        /** Copies the lists. */
        public PoolSpec {
            active = List.copyOf(active);
            inactive = List.copyOf(inactive);
        }
    }

    /**
     * A computer that runs services of the pool and holds a replica of the configuration.
     *
     * @param fqdn its name
     * @param running whether it answers; the replica of one that does not is never up to date
     * @param services by name, whether it runs
     */
    public record ComputerSpec(String fqdn, boolean running, Map<String, Boolean> services) {
        /** Copies the map, keeping its order. */
        public ComputerSpec {
            services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        }
    }

    /**
     * A log shipping: its rows in msdb, its jobs, its log backups.
     *
     * @param database on both servers
     * @param primary the server that takes the log backups
     * @param secondary the server that applies them
     * @param share the folder that they are written to
     * @param copyFolder the folder that they are copied to
     * @param sides whose msdb knows of it
     * @param backupJob the job of the primary
     * @param copyJob the first job of the secondary
     * @param restoreJob the second one
     * @param tables what the database held at its full backup, rows by table; the first table grows with each log backup
     * @param files its log backups
     */
    public record LogShippingSpec(
            String database,
            String primary,
            String secondary,
            String share,
            Optional<String> copyFolder,
            Sides sides,
            String backupJob,
            String copyJob,
            String restoreJob,
            Map<String, Long> tables,
            Files files) {
        /** Copies the map, keeping its order. */
        public LogShippingSpec {
            tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        }

        /** Whose msdb knows of a log shipping. */
        public enum Sides {
            /** That of the primary and that of the secondary. */
            BOTH,
            /** That of the primary: what survives of a log shipping whose secondary has taken over. */
            PRIMARY,
            /** That of the secondary. */
            SECONDARY,
            /** Nobody's: only its files are left. */
            NONE
        }

        /**
         * The log backups, one every 15 minutes.
         *
         * @param logBackups how many there are
         * @param last how long ago the last one was taken
         * @param copied how many of them are in the copy folder, the oldest first
         * @param applied how many of them the secondary has applied, the oldest first
         * @param halfWritten whether one that was never finished lies after them
         * @param unsaved how many messages the primary has taken since the last one
         * @param decoys whether files of other databases lie between them
         */
        public record Files(
                int logBackups,
                Duration last,
                int copied,
                int applied,
                int unsaved,
                boolean halfWritten,
                boolean decoys) {}
    }
}
