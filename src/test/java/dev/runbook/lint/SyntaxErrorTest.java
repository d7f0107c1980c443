package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.report.DiagnosticText;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Rules;
import dev.runbook.yaml.Unread;
import dev.runbook.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One line of a runbook is broken so that it is no YAML, in every way that people do that. What is found must be that one mistake,
 * and what was found before in all that does not belong to the broken entry: nothing more, for that would be a mistake that nobody
 * made, and of what does not depend on the broken entry nothing less.
 */
class SyntaxErrorTest {
    private static final int CASES_OF_EACH_FILE = Integer.getInteger("cases", 15);
    private static final String SIGNS = "{}[]:,#&*!|>'\"%@`-?\t\\";
    private static final Linter LINTER = new Linter();
    /** Rules that need nothing but the very line. */
    private static final Set<String> BY_LINE = Set.of(
            "unknown-key",
            "refused-tag",
            "batch-separator",
            "several-statements",
            "implicit-recovery",
            "kill-without-number",
            "changing-fact",
            "half-written-file",
            "both-databases",
            "look-alike",
            "long-line",
            "missing-rollback",
            "unconfirmed",
            "unseen-action",
            "within-without-done-when");

    @ParameterizedTest
    @MethodSource("files")
    void isToldTogetherWithAllElseAndMakesNoOtherMistake(List<String> lines) {
        Random random = new Random(20261121);
        List<Diagnostic> before = findings(lines);
        for (int i = 0; i < CASES_OF_EACH_FILE; i++) {
            int line = random.nextInt(lines.size());
            List<String> broken = new ArrayList<>(lines);
            broken.set(line, brokenLine(lines.get(line), random));
            Unread unread = YamlReader.draft(source(broken)).unread();
            if (!unread.isNothing()) {
                compare(before, broken, unread);
            }
        }
    }

    @Test
    void thoseLinesReallyAreBroken() {
        List<String> lines = List.of("runbook: x", "steps:", "  - step: 1", "    title: Ask", "    confirm: Go on?");
        long broken = Breakage.ALL.stream()
                .map(how -> how.apply("    title: Ask", new Random(1)))
                .map(line -> Stream.of(lines.subList(0, 3), List.of(line), lines.subList(4, 5))
                        .flatMap(List::stream)
                        .toList())
                .filter(text -> !YamlReader.draft(source(text)).unread().isNothing())
                .count();

        assertThat(broken).isGreaterThan(10);
    }

    private static void compare(List<Diagnostic> before, List<String> broken, Unread unread) {
        List<Diagnostic> after = findings(broken);
        String told = DiagnosticText.of(after);
        List<Diagnostic> syntax =
                after.stream().filter(SyntaxErrorTest::isOfYaml).toList();
        assertThat(syntax).as(told).hasSize(1);
        assertThat(unread.holds(syntax.get(0).span().start().line())).as(told).isTrue();
        assertThat(places(after, finding -> !isOfYaml(finding)))
                .as("%s\ntold of %s:\n%s", "no other mistake", unread.parts(), told)
                .isSubsetOf(places(before, finding -> true));
        assertThat(places(after, finding -> true))
                .as("%s\ntold of %s:\n%s", "nothing less", unread.parts(), told)
                .containsAll(places(
                        before,
                        finding -> BY_LINE.contains(finding.rule())
                                && !unread.holds(finding.span().start().line())));
    }

    private static boolean isOfYaml(Diagnostic finding) {
        return finding.rule().equals("yaml");
    }

    private static Set<String> places(List<Diagnostic> findings, Predicate<Diagnostic> wanted) {
        return findings.stream()
                .filter(wanted)
                .map(finding -> finding.span().start().line() + " " + finding.rule())
                .collect(Collectors.toSet());
    }

    private static List<Diagnostic> findings(List<String> lines) {
        return LINTER.read(source(lines)).diagnostics();
    }

    private static Source source(List<String> lines) {
        return Source.of("runbook.yaml", String.join("\n", lines));
    }

    private static String brokenLine(String line, Random random) {
        return Breakage.ALL.get(random.nextInt(Breakage.ALL.size())).apply(line, random);
    }

    /** A way to break a line. */
    private interface Breakage {
        List<Breakage> ALL = List.of(
                value(text -> "'" + text),
                value(text -> "\"" + text),
                value(text -> "{" + text),
                value(text -> "[" + text),
                value(text -> "{{" + text),
                value(text -> "{{name}} " + text),
                value(text -> "@" + text),
                value(text -> "*" + text),
                value(text -> "& " + text),
                value(text -> text + ": again"),
                value(text -> "'" + text + "' again"),
                value(text -> "\"\\q" + text + "\""),
                value(text -> "| " + text),
                (line, random) -> "\t" + line.strip(),
                (line, random) -> " " + line,
                (line, random) -> line.isEmpty() ? line : line.substring(1),
                (line, random) -> line.replaceFirst(":", ""),
                (line, random) -> line.replaceFirst(": ", ":"),
                (line, random) -> line.replaceFirst("(\\S)", "- $1"),
                (line, random) -> line.replaceFirst("(\\S)", "'$1"),
                (line, random) -> {
                    int at = random.nextInt(line.length() + 1);
                    return line.substring(0, at) + sign(random) + line.substring(at);
                },
                (line, random) -> {
                    int at = random.nextInt(line.length() + 1);
                    return line.substring(0, at) + sign(random) + line.substring(Math.min(line.length(), at + 1));
                });

        String apply(String line, Random random);

        private static char sign(Random random) {
            return SIGNS.charAt(random.nextInt(SIGNS.length()));
        }

        private static Breakage value(UnaryOperator<String> change) {
            return (line, random) -> {
                int colon = line.indexOf(": ");
                int start = colon < 0 ? line.length() - line.stripLeading().length() : colon + 2;
                return line.substring(0, start) + change.apply(line.substring(start));
            };
        }
    }

    static List<Named<List<String>>> files() throws IOException {
        List<Named<List<String>>> files = new ArrayList<>();
        for (Path root : List.of(Path.of("runbooks"), Path.of("src/test/resources/golden"))) {
            try (Stream<Path> found = Files.walk(root)) {
                for (Path file : found.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    add(file.toString(), Files.readString(file), files);
                }
            }
        }
        for (Rule rule : Rules.all()) {
            add("wrong: " + rule.id(), rule.about().bad().runbook(), files);
            add("right: " + rule.id(), rule.about().good().runbook(), files);
        }
        return files;
    }

    private static void add(String name, String text, List<Named<List<String>>> files) {
        Source source = Source.of("runbook.yaml", text);
        boolean readable = YamlReader.draft(source).root().isPresent()
                && YamlReader.draft(source).unread().isNothing();
        boolean runbook = source.lines().stream().anyMatch(line -> line.startsWith("runbook:"))
                && source.lines().stream().noneMatch(line -> line.equals("---"));
        boolean known = files.stream().anyMatch(file -> file.getPayload().equals(source.lines()));
        if (readable && runbook && !known) {
            files.add(Named.of(name, source.lines()));
        }
    }
}
