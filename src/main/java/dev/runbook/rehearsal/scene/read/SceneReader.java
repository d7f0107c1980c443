package dev.runbook.rehearsal.scene.read;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.Effect;
import dev.runbook.rehearsal.scene.FolderSpec;
import dev.runbook.rehearsal.scene.PaceSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Setting;
import dev.runbook.rehearsal.scene.Transition;
import dev.runbook.rehearsal.scene.VariableSpec;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.SequenceNode;
import dev.runbook.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
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

    private final Mistakes mistakes = new Mistakes();

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
                entries.get("pace").map(this::pace).orElse(PaceSpec.USUAL),
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

    private FolderSpec folder(ScalarNode name, Node node) {
        Entries entries = Entries.of(node, "a folder", FOLDER, mistakes);
        if (!FOLDER_NAME.matcher(name.value()).matches()) {
            mistakes.add(
                    name,
                    "A folder has a plain name of letters, digits, - and _, such as log-share. Where servers see it says seen-as;"
                            + " it is made below the temporary folder of the rehearsal.");
        }
        return new FolderSpec(name.value(), entries.required("seen-as"), entries.text("on"));
    }

    private PaceSpec pace(Node node) {
        Entries entries = Entries.of(node, "the pace", PACE, mistakes);
        PaceSpec usual = PaceSpec.USUAL;
        return new PaceSpec(
                entries.duration("restore", usual.restore()),
                entries.duration("mirroring", usual.mirroring()),
                entries.duration("replication", usual.replication()),
                entries.duration("replication-by-itself", usual.replicationByItself()),
                entries.duration("jobs", usual.jobs()));
    }

    private VariableSpec variable(ScalarNode name, Node node) {
        if (node instanceof ScalarNode text) {
            return new VariableSpec.Plain(Value.of(text.value()));
        }
        if (node instanceof SequenceNode list) {
            List<String> items = list.items().stream()
                    .filter(ScalarNode.class::isInstance)
                    .map(item -> ((ScalarNode) item).value())
                    .toList();
            return new VariableSpec.Plain(Value.of(items));
        }
        Entries entries = Entries.of(node, "a variable", List.of("server", "folder", "shell", "remote"), mistakes);
        Optional<String> server = entries.text("server");
        Optional<String> folder = entries.text("folder");
        return server.<VariableSpec>map(VariableSpec.Server::new)
                .or(() -> folder.map(VariableSpec.Folder::new))
                .orElseGet(() -> new VariableSpec.Shell(
                        List.of(entries.required("shell")),
                        entries.get("remote").map(this::remote)));
    }

    private VariableSpec.Remote remote(Node node) {
        Entries entries = Entries.of(node, "a remote shell", REMOTE, mistakes);
        Optional<String> uri = entries.text("connection-uri");
        return new VariableSpec.Remote(
                uri.orElseGet(() -> entries.required("computer")),
                uri.isPresent(),
                entries.required("user"),
                entries.required("password"));
    }

    private Transition transition(ScalarNode name, Node node) {
        Entries entries = Entries.of(node, "a transition", TRANSITION, mistakes);
        Setting changes = new SettingReader(mistakes).setting(entries);
        List<Effect> files = entries.get("files").map(this::effects).orElse(List.of());
        return new Transition(name.value(), entries.required("leads-to"), changes, files);
    }

    private List<Effect> effects(Node node) {
        if (!(node instanceof SequenceNode list)) {
            mistakes.add(node, "A list of effects belongs here, such as - move-files: {from: …, matching: …, to: …}.");
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        list.items().forEach(item -> effect(item).ifPresent(effects::add));
        return effects;
    }

    private Optional<Effect> effect(Node node) {
        Entries entries = Entries.of(node, "an effect", EFFECT, mistakes);
        Optional<Effect> move = entries.get("move-files").map(this::move);
        return move.isPresent() ? move : entries.get("delete-files").map(this::delete);
    }

    private Effect move(Node node) {
        Entries entries = Entries.of(node, "a move of files", List.of("from", "matching", "to"), mistakes);
        return new Effect.MoveFiles(entries.required("from"), entries.required("matching"), entries.required("to"));
    }

    private Effect delete(Node node) {
        Entries entries = Entries.of(node, "a deletion of files", List.of("from", "matching"), mistakes);
        return new Effect.DeleteFiles(entries.required("from"), entries.required("matching"));
    }
}
