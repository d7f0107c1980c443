package dev.runbook.rehearsal.scene;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The place in which a rehearsal begins, and what happens there.
 *
 * @param name by which a runbook asks for it, kebab-case
 * @param title one line for people
 * @param description more of it; may be empty
 * @param folders made when the estate starts
 * @param setting what is there at the start
 * @param pace how long things take
 * @param variables what the variables of runbooks are here, by name
 * @param onConfirm what somebody does by hand when a step asks, by the step's id
 * @param transitions from one runbook to the next
 * @param faults what goes wrong
 * @param answers to statements that the estate does not know
 * @param procedures that there are on every server besides its own, by name: what each does, in T-SQL that the estate knows
 */
public record Scene(
        String name,
        String title,
        String description,
        List<FolderSpec> folders,
        EstateSpec setting,
        PaceSpec pace,
        Map<String, VariableSpec> variables,
        Map<String, List<Effect>> onConfirm,
        List<Transition> transitions,
        List<FaultSpec> faults,
        List<AnswerSpec> answers,
        Map<String, String> procedures) {
    /** Copies the collections, keeping their order. */
    public Scene {
        folders = List.copyOf(folders);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        onConfirm = Collections.unmodifiableMap(new LinkedHashMap<>(onConfirm));
        transitions = List.copyOf(transitions);
        faults = List.copyOf(faults);
        answers = List.copyOf(answers);
        procedures = Map.copyOf(procedures);
    }

    /**
     * The same scene, in which the logins that it leaves without a password have this one.
     *
     * @param drawn by chance, so that no other user of the computer knows it
     */
    public Scene withPassword(String drawn) {
        List<Transition> later = transitions.stream()
                .map(one ->
                        new Transition(one.name(), one.leadsTo(), one.changes().withPassword(drawn), one.effects()))
                .toList();
        return new Scene(
                name,
                title,
                description,
                folders,
                setting.withPassword(drawn),
                pace,
                variables,
                onConfirm,
                later,
                faults,
                answers,
                procedures);
    }

    /** What a procedure of the scene does, however its name is capitalized; empty where the scene has none of that name. */
    public Optional<String> procedure(String called) {
        return procedures.entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(called))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The transition of that name, or the one that leads to a scene of that name. */
    public Optional<Transition> transition(String nameOrScene) {
        return transitions.stream()
                .filter(transition -> transition.name().equalsIgnoreCase(nameOrScene)
                        || transition.leadsTo().equals(nameOrScene))
                .findFirst();
    }

    /** Every server of the scene: those of the start first, then those that only a transition brings; each once. */
    public List<ServerSpec> everyServer() {
        Map<String, ServerSpec> byId = new LinkedHashMap<>();
        setting.servers().forEach(server -> byId.put(server.id(), server));
        for (Transition transition : transitions) {
            transition.changes().servers().forEach(server -> byId.putIfAbsent(server.id(), server));
        }
        return List.copyOf(byId.values());
    }

    /** What every server calls itself ({@code @@SERVERNAME}), by its name within the scene. */
    public Map<String, String> serverNames() {
        Map<String, String> names = new LinkedHashMap<>();
        everyServer().forEach(server -> names.put(server.id(), server.identity().name()));
        return names;
    }

    /** Every other computer on which the simulated shell runs. */
    public List<VariableSpec.Remote> remoteShells() {
        return variables.values().stream()
                .filter(VariableSpec.Shell.class::isInstance)
                .flatMap(shell -> ((VariableSpec.Shell) shell).remote().stream())
                .distinct()
                .toList();
    }

    /** The fullest description of a server: one that is lost at the start is described where a transition rebuilds it. */
    public ServerSpec described(ServerSpec server) {
        return transitions.stream()
                .flatMap(transition -> transition.changes().server(server.id()).stream())
                .findFirst()
                .filter(later -> !server.running())
                .orElse(server);
    }

    /**
     * A folder of the scene; a real one while the estate stands.
     *
     * @param name within the scene
     * @param seenAs the path under which the SQL servers of the scene know it
     * @param on the one server that knows it so; empty when all do, as with a share
     */
    public record FolderSpec(String name, String seenAs, Optional<String> on) {}

    /**
     * How long things take.
     *
     * @param restore one RESTORE or BACKUP
     * @param mirroring until a new mirror is in step
     * @param replication until a replica has new settings when it is hastened
     * @param replicationByItself until it has them when nobody hastens it
     * @param jobs between two runs of a job that is enabled and has a schedule
     */
    public record PaceSpec(
            Duration restore, Duration mirroring, Duration replication, Duration replicationByItself, Duration jobs) {
        /** Where a scene says nothing: quick enough to watch, slow enough to see. */
        public static final PaceSpec USUAL = new PaceSpec(
                Duration.ofMillis(200),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofMillis(300));
    }

    /**
     * What a statement gives that the estate does not know.
     *
     * @param at the beginning of the statement, with {@code *} for any characters, in any case
     * @param server only there; empty means everywhere
     * @param rows of texts, numbers and truths; none for a statement that only succeeds
     */
    public record AnswerSpec(String at, Optional<String> server, List<Row> rows) {
        /** Copies the list. */
        public AnswerSpec {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Something that goes wrong.
     *
     * @param at the beginning of a statement, or the name of a cmdlet, with {@code *} for any characters, in any case
     * @param server only there; empty means everywhere
     * @param kind what goes wrong
     * @param times how often; after that all is well
     * @param complaint what an error says
     */
    public record FaultSpec(String at, Optional<String> server, Kind kind, int times, Complaint complaint) {
        /**
         * What an error says.
         *
         * @param number of SQL Server
         * @param message for people
         */
        public record Complaint(int number, String message) {
            /** A passing one. */
            public static final Complaint USUAL =
                    new Complaint(1222, "Lock request time out period exceeded. (A fault of the scene.)");
        }

        /** What can go wrong. */
        public enum Kind {
            /** The statement fails before it has any effect. */
            ERROR_BEFORE,
            /** The statement has its effect, but the connection breaks before the answer arrives. */
            ANSWER_LOST,
            /** The connection breaks before the statement has any effect. */
            DROP,
            /** Nothing happens until somebody stops waiting. */
            HANG,
            /** The disk is full. */
            DISK_FULL,
            /** The management shell dies. */
            KILL_SHELL;

            /** The word in the file. */
            public String word() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /** Something that somebody does by hand, outside of the runbook. */
    public sealed interface Effect {
        /**
         * Files are moved from one folder of the scene to another.
         *
         * @param from the folder they lie in
         * @param matching a file name with {@code *} and {@code ?}
         * @param to the folder they go to
         */
        record MoveFiles(String from, String matching, String to) implements Effect {}

        /**
         * Files are deleted.
         *
         * @param from the folder they lie in
         * @param matching a file name with {@code *} and {@code ?}
         */
        record DeleteFiles(String from, String matching) implements Effect {}
    }

    /**
     * What happens between one runbook and the next, to whatever the first one left.
     *
     * @param name for people
     * @param leadsTo the scene in which the next runbook would start by itself
     * @param changes servers and computers that are new or made anew
     * @param effects what happens to files
     */
    public record Transition(String name, String leadsTo, EstateSpec changes, List<Effect> effects) {
        /** Copies the list. */
        public Transition {
            effects = List.copyOf(effects);
        }
    }

    /** What a variable of a runbook is in a scene. */
    public sealed interface VariableSpec {
        /** A text or a list of texts. */
        record Plain(Value value) implements VariableSpec {}

        /** A SQL server of the scene. */
        record Server(String id) implements VariableSpec {}

        /** The real path of a folder of the scene. */
        record Folder(String name) implements VariableSpec {}

        /** The simulated management shell, here or on another computer. */
        record Shell(List<String> modules, Optional<Remote> remote) implements VariableSpec {
            /** Copies the list. */
            public Shell {
                modules = List.copyOf(modules);
            }
        }

        /**
         * Another computer on which the simulated shell runs.
         *
         * @param place its name, or the address of an endpoint that has its cmdlets ready
         * @param ready whether it is such an endpoint
         * @param user who may log in
         * @param password of that user, which is no secret in a scene
         */
        record Remote(String place, boolean ready, String user, String password) {}
    }
}
