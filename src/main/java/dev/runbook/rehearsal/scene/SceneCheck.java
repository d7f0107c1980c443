package dev.runbook.rehearsal.scene;

import dev.runbook.base.Suggestion;
import dev.runbook.rehearsal.scene.Entries.SceneDiagnostics;
import dev.runbook.rehearsal.scene.EstateSpec.LogShippingSpec;
import dev.runbook.rehearsal.scene.EstateSpec.PoolSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec.DatabaseSpec;
import dev.runbook.rehearsal.scene.Scene.Effect;
import dev.runbook.rehearsal.scene.Scene.FolderSpec;
import dev.runbook.rehearsal.scene.Scene.Transition;
import dev.runbook.rehearsal.scene.Scene.VariableSpec;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sees that every name in a scene means something. A mistake is shown at the part of the scene in which it stands. */
final class SceneCheck {
    private final Scene scene;
    private final SceneDiagnostics diagnostics;
    private final List<String> servers;
    private final List<String> folders;

    SceneCheck(Scene scene, SceneDiagnostics diagnostics) {
        this.scene = scene;
        this.diagnostics = diagnostics;
        this.servers = scene.everyServer().stream().map(ServerSpec::id).toList();
        this.folders = scene.folders().stream().map(FolderSpec::name).toList();
    }

    void check(Entries root) {
        setting(scene.setting(), root);
        scene.folders().forEach(folder -> folder.on().ifPresent(server -> server(server, part(root, "folders"))));
        scene.variables().values().forEach(variable -> variable(variable, part(root, "variables")));
        scene.onConfirm().values().forEach(effects -> effects(effects, part(root, "on-confirm")));
        scene.faults().forEach(fault -> fault.server().ifPresent(server -> server(server, part(root, "faults"))));
        scene.answers().forEach(answer -> answer.server().ifPresent(server -> server(server, part(root, "answers"))));
        for (Transition transition : scene.transitions()) {
            Node at = part(root, "transitions");
            transition.changes().logShipping().forEach(shipping -> shipping(shipping, at));
            transition.changes().servers().forEach(server -> databases(server, at));
            effects(transition.effects(), at);
        }
    }

    private void setting(EstateSpec setting, Entries root) {
        setting.servers().forEach(server -> databases(server, part(root, "servers")));
        setting.logShipping().forEach(shipping -> shipping(shipping, part(root, "log-shipping")));
        setting.pool().ifPresent(pool -> pool(pool.databases(), part(root, "pool")));
    }

    private void databases(ServerSpec server, Node at) {
        for (DatabaseSpec database : server.databases()) {
            database.mirror().ifPresent(mirror -> server(mirror, at));
            boolean mirrorsItself =
                    database.mirror().filter(server.id()::equals).isPresent();
            if (mirrorsItself) {
                diagnostics.add(
                        at, "The database " + database.name() + " of " + server.id() + " cannot be its own mirror.");
            }
        }
    }

    private void shipping(LogShippingSpec shipping, Node at) {
        server(shipping.primary(), at);
        server(shipping.secondary(), at);
        folder(shipping.share(), at);
        shipping.copyFolder().ifPresent(folder -> folder(folder, at));
    }

    private void pool(PoolSpec.Databases databases, Node at) {
        server(databases.primary(), at);
        server(databases.backup(), at);
        databases.mirror().ifPresent(mirror -> server(mirror, at));
        databases.backupMirror().ifPresent(mirror -> server(mirror, at));
    }

    private void variable(VariableSpec variable, Node at) {
        if (variable instanceof VariableSpec.Server server) {
            server(server.id(), at);
        } else if (variable instanceof VariableSpec.Folder folder) {
            folder(folder.name(), at);
        }
    }

    private void effects(List<Effect> effects, Node at) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.MoveFiles move) {
                folder(move.from(), at);
                folder(move.to(), at);
            } else if (effect instanceof Effect.DeleteFiles delete) {
                folder(delete.from(), at);
            }
        }
    }

    private void server(String id, Node at) {
        known(id, servers, "server", at);
    }

    private void folder(String name, Node at) {
        known(name, folders, "folder", at);
    }

    private void known(String name, List<String> names, String kind, Node at) {
        if (!names.contains(name)) {
            Node place = Places.of(name, at).orElse(at);
            diagnostics.add(
                    place,
                    "The scene has no " + kind + " \"" + name + "\"." + Suggestion.didYouMean(name, names) + " It has: "
                            + String.join(", ", names) + ".");
        }
    }

    private static Node part(Entries root, String key) {
        return Optional.of(root).flatMap(entries -> entries.get(key)).orElse(root.node());
    }

    /** Finds where in a tree a value was written. */
    private static final class Places {
        private Places() {}

        /** The first scalar with that text; keys do not count. */
        static Optional<Node> of(String value, Node tree) {
            return scalars(tree)
                    .filter(scalar -> scalar.value().equals(value))
                    .map(Node.class::cast)
                    .findFirst();
        }

        private static Stream<Node.Scalar> scalars(Node node) {
            if (node instanceof Node.Scalar scalar) {
                return Stream.of(scalar);
            }
            if (node instanceof Node.Sequence list) {
                return list.items().stream().flatMap(Places::scalars);
            }
            return ((Node.Mapping) node).entries().stream().flatMap(entry -> scalars(entry.value()));
        }
    }
}
