package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Endpoints that reach a scene alone.
 *
 * @param endpoints those of a real run, with the scene's own management shell behind them
 * @param fence what belongs to the scene
 */
public record FencedEndpoints(Endpoints endpoints, Fence fence) implements Endpoints {
    @Override
    public SqlServer sqlServer(SqlTarget target) {
        Optional<Failure> refusal = fence.refusal(target);
        return refusal.isPresent() ? new OutsideServer(refusal.get()) : endpoints.sqlServer(target);
    }

    @Override
    public Shell shell(ShellTarget target) {
        return endpoints.shell(target);
    }

    @Override
    public FileSystemEndpoint files() {
        return new FencedFiles(endpoints.files(), fence);
    }

    @Override
    public void close() {
        endpoints.close();
    }

    /**
     * A server that is never dialled.
     *
     * @param refusal why, which is its answer to everything
     */
    private record OutsideServer(Failure refusal) implements SqlServer {
        @Override
        public Answer query(String sql, Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public Answer execute(String sql, Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public Answer call(String procedure, Map<String, Value> parameters, Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public Answer reach(Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public Answer oldSessions(Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public Answer lock(String name, Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public Answer release(String name, Limits limits) {
            return Answer.failed(refusal);
        }

        @Override
        public void close() {}
    }

    /**
     * Files of which those of a scene alone are touched.
     *
     * @param files all of them
     * @param fence what belongs to the scene
     */
    private record FencedFiles(FileSystemEndpoint files, Fence fence) implements FileSystemEndpoint {
        @Override
        public Answer list(String pattern, Limits limits) {
            return inside(List.of(folder(pattern)), () -> files.list(pattern, limits));
        }

        @Override
        public Answer reach(String path, Limits limits) {
            return inside(List.of(path), () -> files.reach(path, limits));
        }

        @Override
        public Answer missing(Copy copy, Limits limits) {
            return inside(List.of(copy.from(), copy.to()), () -> files.missing(copy, limits));
        }

        @Override
        public Answer copy(Copy copy, Whole whole, Limits limits) {
            return inside(List.of(copy.from(), copy.to()), () -> files.copy(copy, whole, limits));
        }

        @Override
        public Answer delete(Copies copies, Limits limits) {
            List<String> paths = copies.files().stream()
                    .map(file -> file.get("target").orElseThrow().text())
                    .toList();
            return inside(paths, () -> files.delete(copies, limits));
        }

        private Answer inside(List<String> paths, Supplier<Answer> question) {
            return paths.stream()
                    .flatMap(path -> fence.refusal(path).stream())
                    .findFirst()
                    .map(Answer::failed)
                    .orElseGet(question);
        }

        /** What stands before the last part, where no wildcard can be; a name alone lies in the working folder. */
        private static String folder(String pattern) {
            int last = Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\'));
            return pattern.substring(0, last + 1);
        }
    }

    /**
     * What belongs to a scene, and how everything else is refused: as a failure of a definite outcome with the code
     * {@code outside-the-scene}.
     *
     * @param scene its name
     * @param addresses where its servers are dialled, {@code host:port}
     * @param folders its real folders
     */
    record Fence(String scene, Set<String> addresses, Set<Path> folders) {
        /** Copies the sets. */
        public Fence {
            addresses = Set.copyOf(addresses);
            folders = Set.copyOf(folders);
        }

        /** Why a server is not dialled; empty when it is one of the scene's. */
        Optional<Failure> refusal(SqlTarget target) {
            // a server of the scene is always dialled at an address of its own; its name alone may be that of a real
            // one
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
                            + ". Nothing was dialled or written. Use a variable that the scene has, or add one to a"
                            + " scene of your own and give it with --scene.");
        }
    }
}
