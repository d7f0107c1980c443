package dev.runbook.site;

import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * Reads which management shell a site has: the name of a module, or a map of settings.
 *
 * @param settings collects what is wrong
 * @param secrets reads the password of a remote one
 */
record ShellSettings(Settings settings, SecretSource secrets) {
    /** The modules of the product are made for it. */
    private static final String PROGRAM = "powershell.exe";

    Optional<ShellTarget> read(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return target(node, List.of(scalar.value()), PROGRAM, Optional.empty());
        }
        if (!(node instanceof Node.Mapping map)) {
            settings.error(node.origin(), "must be the name of a module, or a map {modules: […], program: …}.");
            return Optional.empty();
        }
        settings.onlyKeys(map, List.of("modules", "program", "remote"));
        String program = settings.text(map, "program").orElse(PROGRAM);
        Optional<Node> remote = map.get("remote");
        if (remote.isEmpty()) {
            return target(map, modules(map), program, Optional.empty());
        }
        return new RemoteSettings(settings, secrets)
                .read(remote.get())
                .flatMap(there -> target(map, modules(map), program, Optional.of(there)));
    }

    private List<String> modules(Node.Mapping map) {
        Node modules = map.get("modules").orElse(map);
        if (modules instanceof Node.Scalar scalar) {
            return List.of(scalar.value());
        }
        return modules instanceof Node.Sequence sequence
                ? sequence.items().stream()
                        .filter(Node.Scalar.class::isInstance)
                        .map(item -> ((Node.Scalar) item).value())
                        .toList()
                : List.of();
    }

    private Optional<ShellTarget> target(
            Node node, List<String> modules, String program, Optional<RemoteShell> remote) {
        boolean ready = remote.filter(there -> there.place() instanceof RemoteShell.Place.ConnectionUri)
                .isPresent();
        if (modules.isEmpty() && !ready || modules.stream().anyMatch(String::isBlank)) {
            settings.error(node.origin(), "\"modules\" must name at least one module, such as SkypeForBusiness.");
            return Optional.empty();
        }
        return Optional.of(new ShellTarget(modules, program, remote));
    }
}
