package dev.runbook.rehearsal.scene;

import dev.runbook.base.Checked;
import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import dev.runbook.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a scene. */
public final class SceneReader {
    /** A path in its place would let a scene make, move and delete files anywhere. */
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private static final List<String> SCENE = Stream.concat(
                    Stream.of(
                            "scene",
                            "title",
                            "description",
                            "folders",
                            "pace",
                            "variables",
                            "on-confirm",
                            "transitions",
                            "faults",
                            "answers"),
                    SettingReader.KEYS.stream())
            .toList();
    private static final List<String> TRANSITION = Stream.concat(
                    Stream.of("leads-to", "files"), SettingReader.KEYS.stream())
            .toList();
    private static final List<String> PACE =
            List.of("restore", "mirroring", "replication", "replication-by-itself", "jobs");
    private static final List<String> FOLDER = List.of("seen-as", "on");
    private static final List<String> REMOTE = List.of("computer", "connection-uri", "user", "password");
    private static final List<String> EFFECT = List.of("move-files", "delete-files");

    private final Entries.Mistakes mistakes = new Entries.Mistakes();

    private SceneReader() {}

    /** The scene that a source holds, or everything that is wrong with it. */
    public static Checked<Scene> read(Source source) {
        Checked<Node> tree = YamlReader.read(source);
        return tree.value().isEmpty() || tree.hasErrors()
                ? Checked.failed(tree.diagnostics())
                : new SceneReader().scene(tree.value().get());
    }

    private Checked<Scene> scene(Node root) {
        Entries entries = Entries.of(root, "a scene", SCENE, mistakes);
        PlayReader play = new PlayReader(mistakes);
        Scene scene = new Scene(
                entries.required("scene"),
                entries.required("title"),
                entries.text("description").orElse(""),
                List.copyOf(entries.map("folders", this::folder).values()),
                new SettingReader(mistakes).setting(entries),
                entries.get("pace").map(this::pace).orElse(Scene.PaceSpec.USUAL),
                entries.map("variables", this::variable),
                entries.map("on-confirm", (step, node) -> effects(node)),
                List.copyOf(entries.map("transitions", this::transition).values()),
                entries.list("faults", play::fault),
                entries.list("answers", play::answer));
        entries.needed("pool");
        if (mistakes.none()) {
            new SceneCheck(scene, mistakes).check(entries);
        }
        return mistakes.none() ? Checked.of(scene, List.of()) : Checked.failed(mistakes.all());
    }

    private Scene.FolderSpec folder(ScalarNode name, Node node) {
        Entries entries = Entries.of(node, "a folder", FOLDER, mistakes);
        if (!FOLDER_NAME.matcher(name.value()).matches()) {
            mistakes.add(
                    name,
                    "A folder has a plain name of letters, digits, - and _, such as log-share. Where servers see it"
                            + " says seen-as; it is made below the temporary folder of the rehearsal.");
        }
        return new Scene.FolderSpec(name.value(), entries.required("seen-as"), entries.text("on"));
    }

    private Scene.PaceSpec pace(Node node) {
        Entries entries = Entries.of(node, "the pace", PACE, mistakes);
        Scene.PaceSpec usual = Scene.PaceSpec.USUAL;
        return new Scene.PaceSpec(
                entries.duration("restore", usual.restore()),
                entries.duration("mirroring", usual.mirroring()),
                entries.duration("replication", usual.replication()),
                entries.duration("replication-by-itself", usual.replicationByItself()),
                entries.duration("jobs", usual.jobs()));
    }

    private Scene.VariableSpec variable(ScalarNode name, Node node) {
        if (node instanceof ScalarNode text) {
            return new Scene.VariableSpec.Plain(Value.of(text.value()));
        }
        if (node instanceof SequenceNode list) {
            List<String> items = list.items().stream()
                    .filter(ScalarNode.class::isInstance)
                    .map(item -> ((ScalarNode) item).value())
                    .toList();
            return new Scene.VariableSpec.Plain(Value.of(items));
        }
        Entries entries = Entries.of(node, "a variable", List.of("server", "folder", "shell", "remote"), mistakes);
        Optional<String> server = entries.text("server");
        Optional<String> folder = entries.text("folder");
        return server.<Scene.VariableSpec>map(Scene.VariableSpec.Server::new)
                .or(() -> folder.map(Scene.VariableSpec.Folder::new))
                .orElseGet(() -> new Scene.VariableSpec.Shell(
                        List.of(entries.required("shell")),
                        entries.get("remote").map(this::remote)));
    }

    private Scene.VariableSpec.Remote remote(Node node) {
        Entries entries = Entries.of(node, "a remote shell", REMOTE, mistakes);
        Optional<String> uri = entries.text("connection-uri");
        return new Scene.VariableSpec.Remote(
                uri.orElseGet(() -> entries.required("computer")),
                uri.isPresent(),
                entries.required("user"),
                entries.required("password"));
    }

    private Scene.Transition transition(ScalarNode name, Node node) {
        Entries entries = Entries.of(node, "a transition", TRANSITION, mistakes);
        Setting changes = new SettingReader(mistakes).setting(entries);
        List<Scene.Effect> files = entries.get("files").map(this::effects).orElse(List.of());
        return new Scene.Transition(name.value(), entries.required("leads-to"), changes, files);
    }

    private List<Scene.Effect> effects(Node node) {
        if (!(node instanceof SequenceNode list)) {
            mistakes.add(node, "A list of effects belongs here, such as - move-files: {from: …, matching: …, to: …}.");
            return List.of();
        }
        List<Scene.Effect> effects = new ArrayList<>();
        list.items().forEach(item -> effect(item).ifPresent(effects::add));
        return effects;
    }

    private Optional<Scene.Effect> effect(Node node) {
        Entries entries = Entries.of(node, "an effect", EFFECT, mistakes);
        Optional<Scene.Effect> move = entries.get("move-files").map(this::move);
        return move.isPresent() ? move : entries.get("delete-files").map(this::delete);
    }

    private Scene.Effect move(Node node) {
        Entries entries = Entries.of(node, "a move of files", List.of("from", "matching", "to"), mistakes);
        return new Scene.Effect.MoveFiles(
                entries.required("from"), entries.required("matching"), entries.required("to"));
    }

    private Scene.Effect delete(Node node) {
        Entries entries = Entries.of(node, "a deletion of files", List.of("from", "matching"), mistakes);
        return new Scene.Effect.DeleteFiles(entries.required("from"), entries.required("matching"));
    }

    /** Reads servers, log shippings, pool and computers: of a scene's start, or of a transition. */
    private static final class SettingReader {
        /** The keys that it reads. */
        static final List<String> KEYS = List.of("servers", "log-shipping", "pool", "computers");

        private static final List<String> SHIPPING = List.of(
                "database",
                "primary",
                "secondary",
                "share",
                "copy-folder",
                "known-to",
                "backup-job",
                "copy-job",
                "restore-job",
                "tables",
                "log-backups",
                "last",
                "copied",
                "applied",
                "unsaved",
                "half-written",
                "decoys");
        private static final List<String> POOL = List.of("fqdn", "state", "active", "inactive", "databases");
        private static final List<String> POOL_DATABASES = List.of("primary", "mirror", "backup", "backup-mirror");
        private static final List<String> COMPUTER = List.of("running", "services");
        private static final Map<String, Setting.LogShippingSpec.Sides> SIDES = Map.of(
                "both", Setting.LogShippingSpec.Sides.BOTH,
                "primary", Setting.LogShippingSpec.Sides.PRIMARY,
                "secondary", Setting.LogShippingSpec.Sides.SECONDARY,
                "nobody", Setting.LogShippingSpec.Sides.NONE);

        private static final Setting.PoolSpec.Databases NOWHERE =
                new Setting.PoolSpec.Databases("", Optional.empty(), "", Optional.empty());

        private final Entries.Mistakes mistakes;

        SettingReader(Entries.Mistakes mistakes) {
            this.mistakes = mistakes;
        }

        /** What stands under the keys of a setting. */
        Setting setting(Entries entries) {
            ServerReader servers = new ServerReader(mistakes);
            return new Setting(
                    List.copyOf(entries.map("servers", servers::server).values()),
                    entries.list("log-shipping", this::logShipping),
                    entries.get("pool").map(this::pool),
                    List.copyOf(entries.map("computers", this::computer).values()));
        }

        private Setting.LogShippingSpec logShipping(Node node) {
            Entries entries = Entries.of(node, "a log shipping", SHIPPING, mistakes);
            String database = entries.required("database");
            if (entries.get("copied").isPresent() && entries.get("copy-folder").isEmpty()) {
                mistakes.add(node, "Copied log backups need a \"copy-folder\".");
            }
            return new Setting.LogShippingSpec(
                    database,
                    entries.required("primary"),
                    entries.required("secondary"),
                    entries.required("share"),
                    entries.text("copy-folder"),
                    entries.choice("known-to", SIDES, Setting.LogShippingSpec.Sides.BOTH),
                    entries.text("backup-job").orElse("LSBackup_" + database),
                    entries.text("copy-job").orElse("LSCopy_" + database),
                    entries.text("restore-job").orElse("LSRestore_" + database),
                    ServerReader.tables(entries),
                    files(entries));
        }

        private Setting.LogShippingSpec.Files files(Entries entries) {
            Setting.LogShippingSpec.Files files = new Setting.LogShippingSpec.Files(
                    entries.number("log-backups", 0),
                    entries.ago("last", Duration.ofMinutes(15)),
                    entries.number("copied", 0),
                    entries.number("applied", 0),
                    entries.number("unsaved", 0),
                    entries.truth("half-written", false),
                    entries.truth("decoys", false));
            if (files.copied() > files.logBackups() || files.applied() > files.copied()) {
                mistakes.add(
                        entries.get("log-backups").orElse(entries.node()),
                        "No more log backups can be applied than were copied, or copied than there are.");
            }
            return files;
        }

        private Setting.PoolSpec pool(Node node) {
            Entries entries = Entries.of(node, "a pool", POOL, mistakes);
            return new Setting.PoolSpec(
                    entries.required("fqdn"),
                    entries.choice("state", Map.of("Normal", false, "FailedOver", true), false),
                    entries.texts("active"),
                    entries.texts("inactive"),
                    entries.needed("databases").map(this::databases).orElse(NOWHERE));
        }

        private Setting.PoolSpec.Databases databases(Node node) {
            Entries entries = Entries.of(node, "the databases of a pool", POOL_DATABASES, mistakes);
            return new Setting.PoolSpec.Databases(
                    entries.required("primary"),
                    entries.text("mirror"),
                    entries.required("backup"),
                    entries.text("backup-mirror"));
        }

        private Setting.ComputerSpec computer(ScalarNode fqdn, Node node) {
            Entries entries = Entries.of(node, "a computer", COMPUTER, mistakes);
            Map<String, Boolean> services = entries.map("services", (name, state) -> running(entries, state));
            return new Setting.ComputerSpec(fqdn.value(), entries.truth("running", true), services);
        }

        private boolean running(Entries entries, Node state) {
            String word = entries.scalar(state).orElse("Stopped");
            if (!word.equals("Running") && !word.equals("Stopped")) {
                mistakes.add(state, "A service is Running or Stopped, not \"" + word + "\".");
            }
            return word.equals("Running");
        }

        /** Reads the servers of a scene and what is on them. */
        static final class ServerReader {
            private static final List<String> SERVER =
                    List.of("name", "running", "version", "login", "encrypt", "agent", "databases", "sessions");
            private static final List<String> LOGIN = List.of("user", "password", "sysadmin", "refused");
            private static final List<String> AGENT = List.of("account", "running");
            private static final List<String> DATABASE = List.of("state", "family", "mirror", "took-over", "tables");
            private static final List<String> SESSION = List.of("program", "login", "host", "database", "system");
            private static final Map<String, Setting.ServerSpec.DatabaseSpec.State> STATES = Map.of(
                    "online", Setting.ServerSpec.DatabaseSpec.State.ONLINE,
                    "restoring", Setting.ServerSpec.DatabaseSpec.State.RESTORING,
                    "shipping", Setting.ServerSpec.DatabaseSpec.State.SHIPPING,
                    "shipped", Setting.ServerSpec.DatabaseSpec.State.SHIPPED,
                    "standby", Setting.ServerSpec.DatabaseSpec.State.STANDBY);

            private final Entries.Mistakes mistakes;

            ServerReader(Entries.Mistakes mistakes) {
                this.mistakes = mistakes;
            }

            /** A server under its name in the scene. */
            Setting.ServerSpec server(ScalarNode id, Node node) {
                Entries entries = Entries.of(node, "a server", SERVER, mistakes);
                String name = entries.required("name");
                String version = entries.text("version").orElse("11.0.7001.0");
                if (!version.matches("\\d+(\\.\\d+){3}")) {
                    mistakes.add(
                            entries.get("version").orElse(node), "A version has four numbers, such as 11.0.7001.0.");
                }
                int slash = name.indexOf('\\');
                return new Setting.ServerSpec(
                        id.value(),
                        slash < 0 ? name : name.substring(0, slash),
                        slash < 0 ? Optional.empty() : Optional.of(name.substring(slash + 1)),
                        entries.truth("running", true),
                        version,
                        entries.get("login")
                                .map(this::login)
                                .orElse(new Setting.ServerSpec.Login("runbook", "", true, false)),
                        entries.truth("encrypt", false),
                        entries.get("agent")
                                .map(this::agent)
                                .orElse(new Setting.ServerSpec.Agent("NT SERVICE\\SQLSERVERAGENT", true)),
                        List.copyOf(entries.map("databases", this::database).values()),
                        entries.list("sessions", this::session));
            }

            private Setting.ServerSpec.Login login(Node node) {
                Entries entries = Entries.of(node, "a login", LOGIN, mistakes);
                return new Setting.ServerSpec.Login(
                        entries.required("user"),
                        entries.text("password").orElse(""),
                        entries.truth("sysadmin", true),
                        entries.truth("refused", false));
            }

            private Setting.ServerSpec.Agent agent(Node node) {
                Entries entries = Entries.of(node, "an agent", AGENT, mistakes);
                return new Setting.ServerSpec.Agent(entries.required("account"), entries.truth("running", true));
            }

            private Setting.ServerSpec.DatabaseSpec database(ScalarNode name, Node node) {
                Entries entries = Entries.of(node, "a database", DATABASE, mistakes);
                return new Setting.ServerSpec.DatabaseSpec(
                        name.value(),
                        entries.choice("state", STATES, Setting.ServerSpec.DatabaseSpec.State.ONLINE),
                        entries.text("family"),
                        entries.text("mirror"),
                        entries.truth("took-over", false),
                        tables(entries));
            }

            /** Rows by table. */
            static Map<String, Long> tables(Entries entries) {
                return entries.map("tables", (key, value) -> entries.count(value));
            }

            private Setting.ServerSpec.SessionSpec session(Node node) {
                Entries entries = Entries.of(node, "a session", SESSION, mistakes);
                return new Setting.ServerSpec.SessionSpec(
                        entries.required("program"),
                        entries.required("login"),
                        entries.text("host").orElse(""),
                        entries.text("database").orElse("master"),
                        entries.truth("system", false));
            }
        }
    }

    /** Reads what a scene adds to its estate: faults, and answers to statements that the estate does not know. */
    private static final class PlayReader {
        private static final List<String> FAULT = List.of("at", "server", "do", "times", "number", "message");
        private static final List<String> ANSWER = List.of("at", "server", "rows");

        private final Entries.Mistakes mistakes;

        PlayReader(Entries.Mistakes mistakes) {
            this.mistakes = mistakes;
        }

        Scene.FaultSpec fault(Node node) {
            Entries entries = Entries.of(node, "a fault", FAULT, mistakes);
            Map<String, Scene.FaultSpec.Kind> kinds = new LinkedHashMap<>();
            Arrays.stream(Scene.FaultSpec.Kind.values()).forEach(kind -> kinds.put(kind.word(), kind));
            entries.needed("do");
            Scene.FaultSpec.Kind kind = entries.choice("do", kinds, Scene.FaultSpec.Kind.ERROR_BEFORE);
            if (kind != Scene.FaultSpec.Kind.ERROR_BEFORE) {
                entries.get("number")
                        .ifPresent(at -> mistakes.add(at, "Only error-before has a number and a message."));
            }
            Scene.FaultSpec.Complaint complaint = new Scene.FaultSpec.Complaint(
                    entries.number("number", Scene.FaultSpec.Complaint.USUAL.number()),
                    entries.text("message").orElse(Scene.FaultSpec.Complaint.USUAL.message()));
            return new Scene.FaultSpec(
                    entries.required("at"), entries.text("server"), kind, entries.number("times", 1), complaint);
        }

        Scene.AnswerSpec answer(Node node) {
            Entries entries = Entries.of(node, "an answer", ANSWER, mistakes);
            return new Scene.AnswerSpec(
                    entries.required("at"), entries.text("server"), entries.list("rows", row -> row(entries, row)));
        }

        private Row row(Entries answer, Node node) {
            return new Row(answer.mapOf(node, "a row", (column, value) -> value(answer, value)));
        }

        private static Value value(Entries answer, Node node) {
            String text = answer.scalar(node).orElse("");
            boolean plain = node instanceof ScalarNode scalar && scalar.style() == ScalarNode.Style.PLAIN;
            if (!plain) {
                return Value.of(text);
            }
            if (text.equals("null")) {
                return Value.NOTHING;
            }
            return Entries.Parsing.truth(text)
                    .map(Value::of)
                    .or(() -> Optional.of(text)
                            .filter(one -> one.matches("-?\\d{1,18}"))
                            .map(Long::valueOf)
                            .map(Value::of))
                    .orElseGet(() -> Value.of(text));
        }
    }
}
