package dev.runbook.rehearsal.estate;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.SqlTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What belongs to a scene, and how everything else is refused: as a failure of a definite outcome with the code
 * {@code outside-the-scene}.
 *
 * @param scene its name
 * @param addresses where its servers are dialled, {@code host:port}
 * @param folders its real folders
 */
public record Fence(String scene, Set<String> addresses, Set<Path> folders) {
    /** Copies the sets. */
    public Fence {
        addresses = Set.copyOf(addresses);
        folders = Set.copyOf(folders);
    }

    /** Why a server is not dialled; empty when it is one of the scene's. */
    Optional<Failure> refusal(SqlTarget target) {
        // a server of the scene is always dialled at an address of its own; its name alone may be that of a real one
        return target.address().filter(addresses::contains).isPresent()
                ? Optional.empty()
                : Optional.of(outside("the server " + target.name()));
    }

    /** Why a path is not touched; empty when it lies in a folder of the scene, or is none that this computer can have. */
    Optional<Failure> refusal(String path) {
        try {
            Path whole = Path.of(path.replace('\\', '/')).toAbsolutePath().normalize();
            return folders.stream().anyMatch(whole::startsWith) ? Optional.empty() : Optional.of(outside(path));
        } catch (InvalidPathException e) {
            // nothing can lie there, and the files say so better
            return Optional.empty();
        }
    }

    private Failure outside(String what) {
        return Failure.definite(
                Kind.LASTING,
                "outside-the-scene",
                "A rehearsal touches nothing outside of its scene, and " + what + " is not in the scene " + scene
                        + ". Nothing was dialled or written. Use a variable that the scene has, or add one to a scene of your"
                        + " own and give it with --scene.");
    }
}
