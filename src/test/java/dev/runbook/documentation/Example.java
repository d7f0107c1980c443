package dev.runbook.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fenced block of a page.
 *
 * @param page the file
 * @param line of the fence, counted from 1
 * @param kind what stands behind the fence, such as {@code yaml} or {@code yaml site}
 * @param text the lines between the fences
 */
public record Example(Path page, int line, String kind, String text) {
    private static final String FENCE = "```";

    /** Every block of that kind in README.md and below docs. */
    public static List<Example> ofKind(String kind) {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(page -> in(page).stream())
                    .filter(example -> example.kind().equals(kind))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Example> in(Path page) {
        List<Example> examples = new ArrayList<>();
        List<String> lines = lines(page);
        for (int start = 0; start < lines.size(); start++) {
            if (lines.get(start).startsWith(FENCE)) {
                int end = start + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                String kind = lines.get(start).substring(FENCE.length());
                examples.add(new Example(
                        page, start + 1, kind, String.join("\n", lines.subList(start + 1, end)) + "\n"));
                start = end;
            }
        }
        return examples;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
