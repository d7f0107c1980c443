package dev.runbook.rehearsal.scene;

import dev.runbook.base.Checked;
import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.Entries.ScalarValues;
import dev.runbook.rehearsal.scene.Entries.SceneDiagnostics;
import dev.runbook.rehearsal.scene.EstateSpec.ComputerSpec;
import dev.runbook.rehearsal.scene.EstateSpec.LogShippingSpec;
import dev.runbook.rehearsal.scene.EstateSpec.PoolSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec.DatabaseSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec.SessionSpec;
import dev.runbook.rehearsal.scene.Scene.AnswerSpec;
import dev.runbook.rehearsal.scene.Scene.Effect;
import dev.runbook.rehearsal.scene.Scene.FaultSpec;
import dev.runbook.rehearsal.scene.Scene.FolderSpec;
import dev.runbook.rehearsal.scene.Scene.PaceSpec;
import dev.runbook.rehearsal.scene.Scene.Transition;
import dev.runbook.rehearsal.scene.Scene.VariableSpec;
import dev.runbook.yaml.Node;
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
final class SceneReader {
    /** A path in its place would let a scene make, move and delete files anywhere. */
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** The keys of what is there: at a scene's start, or after a transition. */
    private static final List<String> STATE = List.of("servers", "log-shipping", "pool", "computers");

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
                            "answers",
                            "procedures"),
                    STATE.stream())
            .toList();
    private static final List<String> TRANSITION =
            Stream.concat(Stream.of("leads-to", "files"), STATE.stream()).toList();
    private static final List<String> PACE =
            List.of("restore", "mirroring", "replication", "replication-by-itself", "jobs");
    private static final List<String> FOLDER = List.of("seen-as", "on");
    private static final List<String> REMOTE = List.of("computer", "connection-uri", "user", "password");
    private static final List<String> EFFECT = List.of("move-files", "delete-files");

    private static final List<String> LOGIN = List.of("user", "password", "sysadmin", "refused");
    private static final List<String> DATABASE = List.of("state", "family", "mirror", "took-over", "tables");
    private static final Map<String, DatabaseSpec.State> STATES = Map.of(
            "online", DatabaseSpec.State.ONLINE,
            "restoring", DatabaseSpec.State.RESTORING,
            "shipping", DatabaseSpec.State.SHIPPING,
            "shipped", DatabaseSpec.State.SHIPPED,
            "standby", DatabaseSpec.State.STANDBY);
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
    private static final List<String> POOL_DATABASES = List.of("primary", "mirror", "backup", "backup-mirror");
    private static final Map<String, LogShippingSpec.Sides> SIDES = Map.of(
            "both", LogShippingSpec.Sides.BOTH,
            "primary", LogShippingSpec.Sides.PRIMARY,
            "secondary", LogShippingSpec.Sides.SECONDARY,
            "nobody", LogShippingSpec.Sides.NONE);
    private static final PoolSpec.Databases NOWHERE =
            new PoolSpec.Databases("", Optional.empty(), "", Optional.empty());
    private static final List<String> ANSWER = List.of("at", "server", "rows");
    private static final List<String> POOL = List.of("fqdn", "state", "active", "inactive", "databases");

    private static final List<String> COMPUTER = List.of("running", "services");
    private static final List<String> SERVER =
            List.of("name", "running", "version", "login", "encrypt", "agent", "databases", "sessions");
    private static final List<String> SESSION = List.of("program", "login", "host", "database", "system");
    private static final List<String> FAULT = List.of("at", "server", "do", "times", "number", "message");

    private final SceneDiagnostics diagnostics = new SceneDiagnostics();

    private SceneReader() {}

    /** The scene that a source holds, or everything that is wrong with it. */
    static Checked<Scene> read(Source source) {
        Checked<Node> tree = YamlReader.read(source);
        return tree.value().isEmpty() || tree.hasErrors()
                ? Checked.failed(tree.diagnostics())
                : new SceneReader().scene(tree.value().get());
    }

    private Checked<Scene> scene(Node root) {
        Entries entries = Entries.of(root, "a scene", SCENE, diagnostics);
        Scene scene = new Scene(
                entries.required("scene"),
                entries.required("title"),
                entries.text("description").orElse(""),
                List.copyOf(entries.map("folders", this::folder).values()),
                state(entries),
                entries.get("pace").map(this::pace).orElse(PaceSpec.USUAL),
                entries.map("variables", this::variable),
                entries.map("on-confirm", (step, node) -> effects(node)),
                List.copyOf(entries.map("transitions", this::transition).values()),
                entries.list("faults", this::fault),
                entries.list("answers", this::answer),
                entries.map("procedures", (name, body) -> entries.scalar(body).orElse("")));
        entries.needed("pool");
        if (diagnostics.none()) {
            new SceneCheck(scene, diagnostics).check(entries);
        }
        return diagnostics.none() ? Checked.of(scene, List.of()) : Checked.failed(diagnostics.all());
    }

    private FolderSpec folder(Node.Scalar name, Node node) {
        Entries entries = Entries.of(node, "a folder", FOLDER, diagnostics);
        if (!FOLDER_NAME.matcher(name.value()).matches()) {
            diagnostics.add(
                    name,
                    "A folder has a plain name of letters, digits, - and _, such as log-share. Where servers see it"
                            + " says seen-as; it is made below the temporary folder of the rehearsal.");
        }
        return new FolderSpec(name.value(), entries.required("seen-as"), entries.text("on"));
    }

    private PaceSpec pace(Node node) {
        Entries entries = Entries.of(node, "the pace", PACE, diagnostics);
        PaceSpec usual = PaceSpec.USUAL;
        return new PaceSpec(
                entries.duration("restore", usual.restore()),
                entries.duration("mirroring", usual.mirroring()),
                entries.duration("replication", usual.replication()),
                entries.duration("replication-by-itself", usual.replicationByItself()),
                entries.duration("jobs", usual.jobs()));
    }

    private VariableSpec variable(Node.Scalar name, Node node) {
        if (node instanceof Node.Scalar text) {
            return new VariableSpec.Plain(Value.of(text.value()));
        }
        if (node instanceof Node.Sequence list) {
            List<String> items = list.items().stream()
                    .filter(Node.Scalar.class::isInstance)
                    .map(item -> ((Node.Scalar) item).value())
                    .toList();
            return new VariableSpec.Plain(Value.of(items));
        }
        Entries entries = Entries.of(node, "a variable", List.of("server", "folder", "shell", "remote"), diagnostics);
        Optional<String> server = entries.text("server");
        Optional<String> folder = entries.text("folder");
        return server.<VariableSpec>map(VariableSpec.Server::new)
                .or(() -> folder.map(VariableSpec.Folder::new))
                .orElseGet(() -> new VariableSpec.Shell(
                        List.of(entries.required("shell")),
                        entries.get("remote").map(this::remote)));
    }

    private VariableSpec.Remote remote(Node node) {
        Entries entries = Entries.of(node, "a remote shell", REMOTE, diagnostics);
        Optional<String> uri = entries.text("connection-uri");
        return new VariableSpec.Remote(
                uri.orElseGet(() -> entries.required("computer")),
                uri.isPresent(),
                entries.required("user"),
                entries.required("password"));
    }

    private Transition transition(Node.Scalar name, Node node) {
        Entries entries = Entries.of(node, "a transition", TRANSITION, diagnostics);
        EstateSpec changes = state(entries);
        List<Effect> files = entries.get("files").map(this::effects).orElse(List.of());
        return new Transition(name.value(), entries.required("leads-to"), changes, files);
    }

    private List<Effect> effects(Node node) {
        if (!(node instanceof Node.Sequence list)) {
            diagnostics.add(
                    node, "A list of effects belongs here, such as - move-files: {from: …, matching: …, to: …}.");
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        list.items().forEach(item -> effect(item).ifPresent(effects::add));
        return effects;
    }

    private Optional<Effect> effect(Node node) {
        Entries entries = Entries.of(node, "an effect", EFFECT, diagnostics);
        Optional<Effect> move = entries.get("move-files").map(this::move);
        return move.isPresent() ? move : entries.get("delete-files").map(this::delete);
    }

    private Effect move(Node node) {
        Entries entries = Entries.of(node, "a move of files", List.of("from", "matching", "to"), diagnostics);
        return new Effect.MoveFiles(entries.required("from"), entries.required("matching"), entries.required("to"));
    }

    private Effect delete(Node node) {
        Entries entries = Entries.of(node, "a deletion of files", List.of("from", "matching"), diagnostics);
        return new Effect.DeleteFiles(entries.required("from"), entries.required("matching"));
    }

    /** What stands under the keys of a setting. */
    EstateSpec state(Entries entries) {
        return new EstateSpec(
                List.copyOf(entries.map("servers", this::server).values()),
                entries.list("log-shipping", this::logShipping),
                entries.get("pool").map(this::pool),
                List.copyOf(entries.map("computers", this::computer).values()));
    }

    private LogShippingSpec logShipping(Node node) {
        Entries entries = Entries.of(node, "a log shipping", SHIPPING, diagnostics);
        String database = entries.required("database");
        if (entries.get("copied").isPresent() && entries.get("copy-folder").isEmpty()) {
            diagnostics.add(node, "Copied log backups need a \"copy-folder\".");
        }
        return new LogShippingSpec(
                database,
                entries.required("primary"),
                entries.required("secondary"),
                entries.required("share"),
                entries.text("copy-folder"),
                entries.choice("known-to", SIDES, LogShippingSpec.Sides.BOTH),
                entries.text("backup-job").orElse("LSBackup_" + database),
                entries.text("copy-job").orElse("LSCopy_" + database),
                entries.text("restore-job").orElse("LSRestore_" + database),
                tables(entries),
                files(entries));
    }

    private LogShippingSpec.Files files(Entries entries) {
        LogShippingSpec.Files files = new LogShippingSpec.Files(
                entries.number("log-backups", 0),
                entries.ago("last", Duration.ofMinutes(15)),
                entries.number("copied", 0),
                entries.number("applied", 0),
                entries.number("unsaved", 0),
                entries.truth("half-written", false),
                entries.truth("decoys", false));
        if (files.copied() > files.logBackups() || files.applied() > files.copied()) {
            diagnostics.add(
                    entries.get("log-backups").orElse(entries.node()),
                    "No more log backups can be applied than were copied, or copied than there are.");
        }
        return files;
    }

    private PoolSpec pool(Node node) {
        Entries entries = Entries.of(node, "a pool", POOL, diagnostics);
        return new PoolSpec(
                entries.required("fqdn"),
                entries.choice("state", Map.of("Normal", false, "FailedOver", true), false),
                entries.texts("active"),
                entries.texts("inactive"),
                entries.needed("databases").map(this::databases).orElse(NOWHERE));
    }

    private PoolSpec.Databases databases(Node node) {
        Entries entries = Entries.of(node, "the databases of a pool", POOL_DATABASES, diagnostics);
        return new PoolSpec.Databases(
                entries.required("primary"),
                entries.text("mirror"),
                entries.required("backup"),
                entries.text("backup-mirror"));
    }

    private ComputerSpec computer(Node.Scalar fqdn, Node node) {
        Entries entries = Entries.of(node, "a computer", COMPUTER, diagnostics);
        Map<String, Boolean> services = entries.map("services", (name, state) -> running(entries, state));
        return new ComputerSpec(fqdn.value(), entries.truth("running", true), services);
    }

    private boolean running(Entries entries, Node state) {
        String word = entries.scalar(state).orElse("Stopped");
        if (!word.equals("Running") && !word.equals("Stopped")) {
            diagnostics.add(state, "A service is Running or Stopped, not \"" + word + "\".");
        }
        return word.equals("Running");
    }

    private static final List<String> AGENT = List.of("account", "running");

    /** A server under its name in the scene. */
    ServerSpec server(Node.Scalar id, Node node) {
        Entries entries = Entries.of(node, "a server", SERVER, diagnostics);
        String name = entries.required("name");
        String version = entries.text("version").orElse("11.0.7001.0");
        if (!version.matches("\\d+(\\.\\d+){3}")) {
            diagnostics.add(entries.get("version").orElse(node), "A version has four numbers, such as 11.0.7001.0.");
        }
        int slash = name.indexOf('\\');
        Optional<Entries> login = entries.get("login").map(at -> Entries.of(at, "a login", LOGIN, diagnostics));
        return new ServerSpec(
                id.value(),
                new Server.Identity(
                        slash < 0 ? name : name.substring(0, slash),
                        slash < 0 ? "" : name.substring(slash + 1),
                        version),
                entries.truth("running", true),
                login.map(SceneReader::login).orElse(new Server.Login("runbook", "", true)),
                login.map(one -> one.truth("refused", false)).orElse(false),
                entries.truth("encrypt", false),
                entries.get("agent")
                        .map(this::agent)
                        .orElse(new Agent(true, "NT SERVICE\\SQLSERVERAGENT", 1, List.of())),
                List.copyOf(entries.map("databases", this::database).values()),
                entries.list("sessions", this::session));
    }

    private static Server.Login login(Entries entries) {
        return new Server.Login(
                entries.required("user"), entries.text("password").orElse(""), entries.truth("sysadmin", true));
    }

    private Agent agent(Node node) {
        Entries entries = Entries.of(node, "an agent", AGENT, diagnostics);
        String account = entries.required("account");
        return new Agent(entries.truth("running", true), account, 1, List.of());
    }

    private DatabaseSpec database(Node.Scalar name, Node node) {
        Entries entries = Entries.of(node, "a database", DATABASE, diagnostics);
        return new DatabaseSpec(
                name.value(),
                entries.choice("state", STATES, DatabaseSpec.State.ONLINE),
                entries.text("family"),
                entries.text("mirror"),
                entries.truth("took-over", false),
                tables(entries));
    }

    /** Rows by table. */
    static Map<String, Long> tables(Entries entries) {
        return entries.map("tables", (key, value) -> entries.count(value));
    }

    private SessionSpec session(Node node) {
        Entries entries = Entries.of(node, "a session", SESSION, diagnostics);
        return new SessionSpec(
                entries.required("program"),
                entries.required("login"),
                entries.text("host").orElse(""),
                entries.text("database").orElse("master"),
                entries.truth("system", false));
    }

    FaultSpec fault(Node node) {
        Entries entries = Entries.of(node, "a fault", FAULT, diagnostics);
        Map<String, FaultSpec.Kind> kinds = new LinkedHashMap<>();
        Arrays.stream(FaultSpec.Kind.values()).forEach(kind -> kinds.put(kind.word(), kind));
        entries.needed("do");
        FaultSpec.Kind kind = entries.choice("do", kinds, FaultSpec.Kind.ERROR_BEFORE);
        if (kind != FaultSpec.Kind.ERROR_BEFORE) {
            entries.get("number").ifPresent(at -> diagnostics.add(at, "Only error-before has a number and a message."));
        }
        FaultSpec.Complaint complaint = new FaultSpec.Complaint(
                entries.number("number", FaultSpec.Complaint.USUAL.number()),
                entries.text("message").orElse(FaultSpec.Complaint.USUAL.message()));
        return new FaultSpec(
                entries.required("at"), entries.text("server"), kind, entries.number("times", 1), complaint);
    }

    AnswerSpec answer(Node node) {
        Entries entries = Entries.of(node, "an answer", ANSWER, diagnostics);
        return new AnswerSpec(
                entries.required("at"), entries.text("server"), entries.list("rows", row -> row(entries, row)));
    }

    private Row row(Entries answer, Node node) {
        return new Row(answer.mapOf(node, "a row", (column, value) -> value(answer, value)));
    }

    private static Value value(Entries answer, Node node) {
        String text = answer.scalar(node).orElse("");
        boolean plain = node instanceof Node.Scalar scalar && scalar.style() == Node.Scalar.Style.PLAIN;
        if (!plain) {
            return Value.of(text);
        }
        if (text.equals("null")) {
            return Value.NOTHING;
        }
        return ScalarValues.truth(text)
                .map(Value::of)
                .or(() -> Optional.of(text)
                        .filter(one -> one.matches("-?\\d{1,18}"))
                        .map(Long::valueOf)
                        .map(Value::of))
                .orElseGet(() -> Value.of(text));
    }
}
