package dev.runbook.journey;

import dev.runbook.rehearsal.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something wrong with real folders between which files are copied.
 *
 * <p>The device {@code /dev/full} has no room for a single byte, and a pipe at which nobody writes holds for ever whoever reads
 * it: put where a file is about to be written they are a full disk and a file server that hangs, made by the operating system.
 */
final class FolderMishap implements Mishap {
    private final Scene.FaultSpec.Kind kind;
    private final Path from;
    private final Path to;
    private boolean begun;
    private Optional<Path> obstacle = Optional.empty();

    FolderMishap(Scene.FaultSpec.Kind kind, Path from, Path to) {
        this.kind = kind;
        this.from = from;
        this.to = to;
    }

    @Override
    public void begin() throws IOException {
        begun = true;
        switch (kind) {
            case ERROR_BEFORE -> {
                Files.move(to, aside(to));
                Files.writeString(to, "a file and not a folder");
            }
            case DROP -> Files.move(from, aside(from));
            case DISK_FULL -> obstacle = Optional.of(Files.createSymbolicLink(partial(), Path.of("/dev/full")));
            case HANG -> obstacle = Optional.of(pipe(partial()));
            case ANSWER_LOST, KILL_SHELL -> throw new AssertionError(kind);
        }
    }

    @Override
    public boolean struck() {
        return begun;
    }

    @Override
    public void end() throws IOException {
        for (Path folder : new Path[] {from, to}) {
            if (Files.exists(aside(folder))) {
                Files.deleteIfExists(folder);
                Files.move(aside(folder), folder);
            }
        }
        if (obstacle.isPresent()) {
            Files.deleteIfExists(obstacle.get());
        }
    }

    private static Path pipe(Path path) throws IOException {
        try {
            int code = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
            if (code != 0) {
                throw new AssertionError("mkfifo ended with " + code);
            }
            return path;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path aside(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-aside");
    }

    /** The temporary name under which the newest file arrives. */
    private Path partial() throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            Path newest = files.filter(file -> file.getFileName().toString().matches("mgc_.*\\.trn"))
                    .max(Path::compareTo)
                    .orElseThrow();
            return to.resolve(newest.getFileName() + ".part-runbook");
        }
    }
}
