package dev.runbook.rehearsal.fence;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import java.util.List;
import java.util.function.Supplier;

/**
 * Files of which those of a scene alone are touched.
 *
 * @param files all of them
 * @param fence what belongs to the scene
 */
record FencedFiles(FileSystemEndpoint files, Fence fence) implements FileSystemEndpoint {
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
