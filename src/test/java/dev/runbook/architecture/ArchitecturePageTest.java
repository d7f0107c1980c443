package dev.runbook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/architecture.md} against the code: its picture, and the files of its journeys. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Path MAIN = Path.of("src/main/java/dev/runbook");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?dev\\.runbook\\.([a-z.]+)\\.[A-Z]", Pattern.MULTILINE);
    private static final Pattern PICTURE = Pattern.compile("(?s)```text floors\\n(.*?)```");
    private static final Pattern JOURNEY = Pattern.compile("(?sm)^### (.+?), at most (\\d+) files\\n(.*?)(?=^##|\\z)");
    private static final Pattern STOP = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)`");

    /** A way through the code as the page walks it. */
    record Journey(String name, int most, List<String> stops) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void thePictureIsMadeFromTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String drawn =
                floors().stream().map(floor -> String.join("  ", floor) + "\n").collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update")) {
            page = PICTURE.matcher(page).replaceFirst(Matcher.quoteReplacement("```text floors\n" + drawn + "```"));
            Files.writeString(PAGE, page);
        }

        assertThat(PICTURE.matcher(page).results().map(found -> found.group(1))).containsExactly(drawn);
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void aJourneyGoesFromFileToFile(Journey journey) throws IOException {
        assertThat(journey.stops()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(journey.most());
        StringBuilder seen = new StringBuilder();
        if (journey.name().endsWith("on top of that")) {
            for (String stop : journeys().get(1).stops()) {
                seen.append(Files.readString(MAIN.resolve(stop + ".java")));
            }
        }
        for (String stop : journey.stops()) {
            Path file = MAIN.resolve(stop + ".java");
            assertThat(file).exists();
            String type = stop.substring(stop.lastIndexOf('/') + 1);
            assertThat(seen.isEmpty() || seen.toString().matches("(?s).*\\b" + type + "\\b.*"))
                    .as("a file before it in \"" + journey + "\" speaks of " + type)
                    .isTrue();
            seen.append(Files.readString(file));
        }
    }

    @Test
    void thePageWalksTheFiveJourneys() throws IOException {
        assertThat(journeys()).hasSize(5);
    }

    static List<Journey> journeys() throws IOException {
        return JOURNEY.matcher(Files.readString(PAGE))
                .results()
                .map(found -> new Journey(
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        STOP.matcher(found.group(3))
                                .results()
                                .map(stop -> stop.group(1))
                                .toList()))
                .toList();
    }

    /** The packages, each above all that it uses; the highest floor first. */
    private static List<List<String>> floors() throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Path file : Sources.files(MAIN)) {
            String own = MAIN.relativize(file.getParent())
                    .toString()
                    .replace('\\', '/')
                    .replace('/', '.');
            Set<String> used = uses.computeIfAbsent(own, unused -> new TreeSet<>());
            IMPORT.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .map(found -> found.replaceFirst("import (static )?dev\\.runbook\\.", "")
                            .replaceFirst("\\.[A-Z]$", ""))
                    .filter(found -> !found.equals(own))
                    .forEach(used::add);
        }
        uses.remove("");
        Map<Integer, List<String>> floors = new TreeMap<>(Comparator.reverseOrder());
        uses.keySet()
                .forEach(name -> floors.computeIfAbsent(height(name, uses), unused -> new ArrayList<>())
                        .add(name));
        return List.copyOf(floors.values());
    }

    private static int height(String name, Map<String, Set<String>> uses) {
        return uses.getOrDefault(name, Set.of()).stream()
                        .mapToInt(used -> height(used, uses))
                        .max()
                        .orElse(-1)
                + 1;
    }
}
