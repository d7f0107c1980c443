package dev.runbook.journey;

import dev.runbook.base.Value;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.rehearsal.estate.Estate;
import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.EstateState;
import dev.runbook.rehearsal.model.LogShipping;
import dev.runbook.rehearsal.model.Pool;
import dev.runbook.rehearsal.model.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What has to be true whatever a run did and wherever it was left, and what a whole end of each shipped runbook promises. All of
 * it is asked of the estate itself, and of the journal; nothing is taken from what a run says of itself but its closing lines,
 * which may tell what is not so.
 */
final class EstateInvariants {
    private static final String MGC = "mgc";

    private final Estate estate;
    private final EstateState before;
    private final Set<Broken> brokenBefore;

    /** All that has to be true. */
    enum Invariant {
        /** See {@link #writers}. */
        ONE_WRITER("There are never two copies of one mgc that take writes."),
        /** Where a process ends. */
        SERVED("Chat servers that are active and run find mgc online and writable where the pool's state points, or"
                + " the closing lines say that they do not."),
        /** Where a process ends. */
        WRITTEN_DOWN("Nothing is deleted from log shipping whose settings are not in the journal."),
        /** Over the whole journal. */
        SENT_ONCE(
                "No effect is sent twice without a fact having denied it, or a person having said so: whoever runs it,"
                        + " or, where no fact can show it, the author of the step."),
        /** From process to process. */
        JOURNAL_GROWS("No journal gets shorter, and none is changed."),
        /** Where no person skipped a step, or did it by hand. */
        PROMISE("A full end without skips means what the runbook promises."),
        /** No exception, and no process without an end. */
        ENDS("Every process ends with an ending of its own in the journal.");

        private final String sentence;

        Invariant(String sentence) {
            this.sentence = sentence;
        }

        /** For people. */
        String sentence() {
            return sentence;
        }
    }

    /** An invariant that does not hold, and how. */
    record Broken(Invariant invariant, String how) {}

    /** Looks at an estate before a run begins there: what is broken then is not the run's doing. */
    EstateInvariants(Estate estate) {
        this.estate = estate;
        this.before = estate.state();
        this.brokenBefore = new HashSet<>(ofTheEstate(List.of(), ""));
    }

    private EstateInvariants(Estate estate, EstateState before, Set<Broken> brokenBefore) {
        this.estate = estate;
        this.before = before;
        this.brokenBefore = new HashSet<>(brokenBefore);
    }

    /** The same, for another course of things from here on. */
    EstateInvariants fork() {
        return new EstateInvariants(estate, before, brokenBefore);
    }

    /** Something outside the run has changed the estate: what is broken by now is not the run's doing either. */
    void somethingElseChanged(List<Entry> journal) {
        brokenBefore.addAll(ofTheEstate(journal, ""));
    }

    /** What was broken before, for comparing. */
    Set<Broken> brokenBefore() {
        return Set.copyOf(brokenBefore);
    }

    /**
     * What is broken where a process has ended, and was not when the run began.
     *
     * @param journal of the run
     * @param closing what the run said at its end
     */
    List<Broken> broken(List<Entry> journal, String closing) {
        return broken(journal, closing, Set.of());
    }

    /**
     * The same.
     *
     * @param harmless steps of which the author says that it does no harm to run them again, and which no fact can show
     */
    List<Broken> broken(List<Entry> journal, String closing, Set<String> harmless) {
        List<Broken> all = ofTheEstate(journal, closing);
        all.removeIf(brokenBefore::contains);
        sentAgain(journal, harmless).forEach(how -> all.add(new Broken(Invariant.SENT_ONCE, how)));
        return all;
    }

    /**
     * Whether a process left the journal as it found it, with its own lines after that.
     *
     * @param before the whole of the journal when the process began
     */
    static List<Broken> ofTheJournal(byte[] before, byte[] after) {
        boolean grows =
                after.length >= before.length && Arrays.equals(before, 0, before.length, after, 0, before.length);
        return grows ? List.of() : List.of(new Broken(Invariant.JOURNAL_GROWS, "the journal is another than it was"));
    }

    /**
     * Whether the end of a process is in its journal.
     *
     * @param end what the process says; empty where it broke, and {@code why} says how
     */
    static List<Broken> ofTheEnd(Optional<Ending> end, String why, List<Entry> journal) {
        if (end.isEmpty()) {
            return List.of(new Broken(Invariant.ENDS, "it broke: " + why));
        }
        Optional<Ending> last = journal.stream()
                .map(Entry::event)
                .filter(RunEvent.RunStopped.class::isInstance)
                .map(event -> ((RunEvent.RunStopped) event).ending())
                .reduce((earlier, later) -> later);
        return last.equals(end)
                ? List.of()
                : List.of(new Broken(
                        Invariant.ENDS,
                        "it says " + end.get() + ", and its journal says "
                                + last.map(Ending::name).orElse("nothing")));
    }

    /** Copies of one mgc that take writes beside each other at this moment, and did not before; none while all is well. */
    List<Broken> writers() {
        return writers(estate.state()).stream()
                .map(how -> new Broken(Invariant.ONE_WRITER, how))
                .filter(one -> !brokenBefore.contains(one))
                .toList();
    }

    private List<Broken> ofTheEstate(List<Entry> journal, String closing) {
        EstateState now = estate.state();
        List<Broken> broken = new ArrayList<>();
        writers(now).forEach(how -> broken.add(new Broken(Invariant.ONE_WRITER, how)));
        unserved(now, closing).forEach(how -> broken.add(new Broken(Invariant.SERVED, how)));
        forgotten(now, journal).forEach(how -> broken.add(new Broken(Invariant.WRITTEN_DOWN, how)));
        return broken;
    }

    /** What was sent once more, although it may have had its effect, and neither a fact nor a person said that it had not. */
    private static List<String> sentAgain(List<Entry> journal, Set<String> harmless) {
        Map<String, SentSoFar> steps = new LinkedHashMap<>();
        List<String> again = new ArrayList<>();
        for (Entry entry : journal) {
            RunEvent event = entry.event();
            if (event instanceof RunEvent.Sent sent
                    && !sent.work().isUndo()
                    && !harmless.contains(sent.work().step())) {
                boolean unasked = steps.computeIfAbsent(sent.work().step(), unused -> new SentSoFar())
                        .isUnasked(sent);
                if (unasked) {
                    again.add(
                            "step " + sent.work().step() + " sent this again, and nobody wanted that: " + sent.text());
                }
            } else if (event instanceof RunEvent.CameBack back && !back.work().isUndo()) {
                steps.computeIfAbsent(back.work().step(), unused -> new SentSoFar())
                        .cameBack(back);
            } else if (event instanceof RunEvent.OfStep of) {
                steps.computeIfAbsent(of.step(), unused -> new SentSoFar()).take(of);
            }
        }
        return again;
    }

    /** What a step has sent, as far as it may have had its effect. */
    private static final class SentSoFar {
        private final Set<String> effects = new HashSet<>();
        private final Map<String, Boolean> denied = new LinkedHashMap<>();
        private String last = "";

        boolean isUnasked(RunEvent.Sent sent) {
            last = sent.target() + ": " + sent.text();
            return !effects.add(last) && !denied.containsValue(true);
        }

        void cameBack(RunEvent.CameBack back) {
            boolean refused = back.trouble()
                    .filter(trouble -> !trouble.unknown() && !trouble.isPartial())
                    .isPresent();
            if (refused && back.harmless().isEmpty()) {
                effects.remove(last);
            }
        }

        void take(RunEvent.OfStep event) {
            if (event instanceof RunEvent.FactAsked asked && asked.phase() == Phase.DONE_WHEN) {
                Finding.Truth not = asked.wanted() ? Finding.Truth.NOT_TRUE : Finding.Truth.TRUE;
                denied.put(asked.fact(), asked.finding().truth() == not);
            }
            boolean wanted = event instanceof RunEvent.Decided decided
                            && (decided.decision() == Decision.RETRY || decided.decision() == Decision.CHANGE)
                    || event instanceof RunEvent.Answered answer && answer.accepted()
                    || event instanceof RunEvent.StepUndone
                    || event instanceof RunEvent.StepLeft;
            if (wanted) {
                effects.clear();
            }
        }
    }

    /** Never two copies of one mgc that take writes. A new database that Topology Builder made is a copy of nothing. */
    private static List<String> writers(EstateState now) {
        Map<UUID, List<String>> writers = new LinkedHashMap<>();
        for (Server server : now.servers()) {
            server.database(MGC)
                    .filter(mgc -> server.up() && mgc.writable() && !mgc.mirror())
                    .ifPresent(mgc -> writers.computeIfAbsent(mgc.lineage().family(), unused -> new ArrayList<>())
                            .add(server.name()));
        }
        return writers.values().stream()
                .filter(servers -> servers.size() > 1)
                .map(servers -> "mgc takes writes on " + String.join(" and on ", servers))
                .toList();
    }

    /** Servers that are active and run find the database that the pool's state points at, or are told that they do not. */
    private static List<String> unserved(EstateState now, String closing) {
        Pool pool = now.pool();
        List<String> serving = pool.services().stream()
                .filter(Pool.WindowsService::running)
                .map(Pool.WindowsService::computer)
                .filter(computer -> pool.settings().active().stream().anyMatch(computer::equalsIgnoreCase))
                .toList();
        if (serving.isEmpty() || closing.contains("no chat") || serves(now, pool)) {
            return List.of();
        }
        return List.of(String.join(", ", serving) + " run and are active, and mgc takes no writes where the state "
                + pool.settings().state().word() + " points");
    }

    private static boolean serves(EstateState now, Pool pool) {
        Pool.Topology topology = pool.topology();
        String first = pool.settings().state() == Pool.State.NORMAL ? topology.primary() : topology.backup();
        return Stream.concat(Stream.of(first), topology.mirrorOf(first).stream())
                .flatMap(name -> now.find(name).stream())
                .filter(Server::up)
                .flatMap(server -> server.database(MGC).stream())
                .anyMatch(mgc -> mgc.writable() && !mgc.mirror());
    }

    /** Of every row of log shipping that is gone, the journal has the settings. */
    private List<String> forgotten(EstateState now, List<Entry> journal) {
        Set<String> remembered = new HashSet<>();
        journal.stream()
                .map(Entry::event)
                .filter(RunEvent.Remembered.class::isInstance)
                .flatMap(event -> ((RunEvent.Remembered) event).rows().stream())
                .forEach(row -> row.names()
                        .forEach(name ->
                                remembered.add(row.get(name).orElseThrow().text())));
        List<String> forgotten = new ArrayList<>();
        for (Server old : before.servers()) {
            List<List<String>> left =
                    now.find(old.name()).map(EstateInvariants::settings).orElse(List.of());
            settings(old).stream()
                    .filter(row -> !left.contains(row) && !remembered.containsAll(row))
                    .forEach(row -> forgotten.add("nobody has written down what " + old.name()
                            + " knew of log shipping: " + String.join(", ", row)));
        }
        return forgotten;
    }

    private static List<List<String>> settings(Server server) {
        LogShipping tables = server.shipping();
        List<List<String>> rows = new ArrayList<>();
        tables.primaries()
                .forEach(row ->
                        rows.add(List.of(row.backupDirectory(), row.backupShare(), job(server, row.backupJob()))));
        tables.primarySecondaries().forEach(row -> rows.add(List.of(row.server(), row.database())));
        tables.secondaries()
                .forEach(row -> rows.add(List.of(
                        row.primaryServer(),
                        row.source(),
                        row.destination(),
                        job(server, row.copyJob()),
                        job(server, row.restoreJob()))));
        return rows;
    }

    private static String job(Server server, UUID id) {
        return server.agent().jobs().stream()
                .filter(job -> job.id().equals(id))
                .map(Agent.Job::name)
                .findFirst()
                .orElse("");
    }

    /**
     * What a whole end of a runbook, with no step skipped by a person, promises and the estate does not have; one sentence each.
     *
     * @param runbook {@code failover} or {@code failback}
     */
    List<String> missing(String runbook) {
        return runbook.equals("failover") ? missingAfterFailover() : missingAfterFailback();
    }

    private List<String> missingAfterFailover() {
        EstateState now = estate.state();
        Pool.Topology topology = now.pool().topology();
        List<String> missing =
                serving(now, topology.backup(), topology.backupMirror(), Pool.State.FAILED_OVER, "dc2_servers");
        Server backup = now.server(topology.backup());
        Server old = now.server(topology.primary());
        expect(
                missing,
                backup.shipping().secondaryDatabase(MGC).isEmpty(),
                "mgc is no log shipping secondary any more");
        expect(
                missing,
                !old.up()
                        || writers().isEmpty()
                                && !writers(now).isEmpty() // something else has opened it, behind the run
                        || old.database(MGC)
                                .filter(mgc -> mgc.writable() && sameFamily(mgc, backup))
                                .isEmpty(),
                "mgc takes no writes on the old primary");
        return missing;
    }

    private List<String> missingAfterFailback() {
        EstateState now = estate.state();
        Pool.Topology topology = now.pool().topology();
        List<String> missing =
                serving(now, topology.primary(), topology.primaryMirror(), Pool.State.NORMAL, "dc1_servers");
        Server primary = now.server(topology.primary());
        Server backup = now.server(topology.backup());
        Optional<Database> copy = backup.database(MGC);
        expect(
                missing,
                copy.filter(mgc -> mgc.status().equals(Database.Status.RESTORING)
                                && mgc.mirroring().isEmpty())
                        .isPresent(),
                "mgc in DC2 waits for log backups");
        expect(missing, copy.filter(mgc -> sameFamily(mgc, primary)).isPresent(), "both are copies of one database");
        expect(missing, primary.shipping().primary(MGC).isPresent(), "the primary ships its log");
        expect(
                missing,
                primary.shipping().primarySecondaries().stream()
                        .anyMatch(row -> row.server().equalsIgnoreCase(backup.name())),
                "the primary knows its secondary");
        expect(
                missing,
                backup.shipping().secondary(primary.name(), MGC).isPresent(),
                "the backup server gets the log of the primary");
        expect(
                missing,
                backup.shipping()
                        .secondaryDatabase(MGC)
                        .flatMap(LogShipping.SecondaryDatabase::lastRestored)
                        .filter(last -> last.file().endsWith(".trn"))
                        .isPresent(),
                "a log backup has arrived in DC2");
        jobsRun(missing, primary, "LSBackup_mgc");
        jobsRun(missing, backup, "LSCopy_mgc", "LSRestore_mgc");
        return missing;
    }

    /** Where mgc serves, and that everything points there. */
    private List<String> serving(
            EstateState now, String server, Optional<String> mirror, Pool.State state, String variable) {
        List<String> missing = new ArrayList<>();
        Optional<Database> mgc = now.server(server).database(MGC);
        expect(missing, mgc.filter(Database::writable).isPresent(), "mgc is online and writable on " + server);
        if (mirror.isPresent()
                && estate.site().containsKey(state == Pool.State.NORMAL ? "primary_mirror_sql" : "backup_mirror_sql")) {
            expect(
                    missing,
                    mgc.flatMap(Database::mirroring)
                            .filter(side -> side.role() == Database.Mirroring.Role.PRINCIPAL
                                    && side.state() == Database.Mirroring.State.SYNCHRONIZED)
                            .isPresent(),
                    "mgc is principal and in step on " + server);
        }
        expect(missing, now.pool().settings().state() == state, "the state of the pool is " + state.word());
        List<String> servers = ((Value.Items) estate.site().get(variable))
                .values().stream().map(Value::text).toList();
        expect(
                missing,
                lower(now.pool().settings().active()).equals(lower(servers)),
                "the active servers are " + servers);
        for (String computer : servers) {
            expect(
                    missing,
                    now.pool()
                            .service(computer, "RTCCHAT")
                            .filter(Pool.WindowsService::running)
                            .isPresent(),
                    "the chat service runs on " + computer);
        }
        return missing;
    }

    private static void jobsRun(List<String> missing, Server server, String... names) {
        for (String name : names) {
            boolean runs = server.agent().jobs().stream()
                    .anyMatch(job -> job.name().equals(name)
                            && job.enabled()
                            && !job.schedules().isEmpty());
            expect(missing, runs, "the job " + name + " of " + server.name() + " is scheduled and switched on");
        }
    }

    private static boolean sameFamily(Database mgc, Server other) {
        return other.database(MGC)
                .filter(there -> there.lineage().family().equals(mgc.lineage().family()))
                .isPresent();
    }

    private static Set<String> lower(List<String> names) {
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static void expect(List<String> missing, boolean so, String what) {
        if (!so) {
            missing.add("not so: " + what);
        }
    }
}
