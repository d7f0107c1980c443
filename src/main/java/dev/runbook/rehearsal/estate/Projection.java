package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Database.Contents;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.History;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What of a state counts when two runs are compared: named things only, in a stable order. No session ids, times or ids
 * that differ from one run to the next.
 */
final class Projection {
    private Projection() {}

    /** One line for each thing. */
    static String of(EstateState state) {
        List<String> lines = new ArrayList<>();
        for (Server server : state.servers()) {
            lines.add("server %s: %s".formatted(server.name(), server.up() ? "up" : "down"));
            server.databases().values().forEach(database -> lines.add("  " + database(database)));
            server.agent().jobs().forEach(job -> lines.add("  " + job(job)));
            shipping(server.shipping()).forEach(line -> lines.add("  " + line));
            past(server.history()).forEach(line -> lines.add("  " + line));
        }
        lines.addAll(pool(state.pool()));
        return String.join("\n", lines) + "\n";
    }

    private static String database(Database database) {
        Database.Status status = database.status();
        String state = status.state()
                + (status.standby() ? " STANDBY" : "")
                + (status.interrupted().isPresent() ? " INTERRUPTED" : "")
                + (database.options().readOnly() ? " READ_ONLY" : "");
        String mirroring = database.mirroring()
                .map(side -> ", %s of %s, %s".formatted(side.role(), side.partner(), side.state()))
                .orElse("");
        long rows = database.contents().tables().stream()
                .mapToLong(Contents.Table::rows)
                .sum();
        return "database %s: %s, %s, %s, %d rows, %d messages%s"
                .formatted(
                        database.name(),
                        state,
                        database.options().recovery(),
                        database.options().access(),
                        rows,
                        database.contents().messages().size(),
                        mirroring);
    }

    private static String job(Agent.Job job) {
        return "job %s: %s, %d schedules"
                .formatted(
                        job.name(),
                        job.enabled() ? "enabled" : "disabled",
                        job.schedules().size());
    }

    private static List<String> shipping(LogShipping shipping) {
        List<String> lines = new ArrayList<>();
        shipping.primaries().forEach(row -> lines.add("ships " + row.database() + " through " + row.backupShare()));
        shipping.primarySecondaries()
                .forEach(row -> lines.add("ships to %s.%s".formatted(row.server(), row.database())));
        shipping.secondaries()
                .forEach(row -> lines.add("receives %s.%s through %s"
                        .formatted(row.primaryServer(), row.primaryDatabase(), row.destination())));
        shipping.secondaryDatabases()
                .forEach(row -> lines.add("restores to %s, %s, delay %d"
                        .formatted(row.database(), row.standby() ? "standby" : "no recovery", row.restoreDelay())));
        if (shipping.alertJob().isPresent()) {
            lines.add("alerts");
        }
        return lines;
    }

    /** The log jobs of the estate back up and restore as time passes, so that only the kinds count, in no order. */
    private static List<String> past(History history) {
        Stream<String> backups = history.backups().stream()
                .map(row -> "backed up %s: %s"
                        .formatted(
                                row.set().origin().database(), row.set().type().letter()));
        Stream<String> restores = history.restores().stream()
                .map(row ->
                        "restored %s: %s%s".formatted(row.database(), row.type(), row.recovery() ? " RECOVERY" : ""));
        return Stream.concat(backups, restores).distinct().sorted().toList();
    }

    private static List<String> pool(Pool pool) {
        List<String> lines = new ArrayList<>();
        lines.add("pool %s: %s".formatted(pool.fqdn(), pool.settings().state().word()));
        lines.add("active: "
                + String.join(
                        ", ",
                        pool.settings().active().stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList()));
        pool.services()
                .forEach(service -> lines.add("service %s on %s: %s"
                        .formatted(service.name(), service.computer(), service.running() ? "Running" : "Stopped")));
        return lines;
    }
}
