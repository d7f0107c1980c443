package dev.runbook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the whole code. */
class ArchitectureTest {
    private static final String PRODUCT = "dev.runbook";
    private static final String CULPRIT = "dev.runbook.architecture.culprit";
    private static final Path MAIN = Path.of("src/main/java");

    private static final int MOST_LINES_OF_A_FILE = 350;
    private static final int MOST_LINES_OF_A_METHOD = 60;
    private static final int MOST_TYPES_OF_A_PACKAGE = 20;

    /** A command is a class, and a mixin that may not be below its parent is one beside it. */
    private static final Map<String, Long> LARGER = Map.of("cli", 26L);

    private static JavaClasses product;
    private static JavaClasses culprits;
    private static Sources sources;

    @BeforeAll
    static void look() {
        product = new ClassFileImporter().importPath(Path.of("target/classes"));
        culprits = new ClassFileImporter().importPackages(CULPRIT);
        sources = Sources.below(MAIN);
    }

    static Set<String> rules() {
        return Rules.below(PRODUCT).keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(String rule) {
        Rules.below(PRODUCT).get(rule).check(product);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void catchesItsCulprit(String rule) {
        ArchRule tried = Rules.below(CULPRIT).get(rule);

        assertThat(tried.evaluate(culprits).hasViolation()).isTrue();
    }

    @Test
    void sawTheWholeProduct() {
        Set<String> written = Sources.files(MAIN).stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> MAIN.relativize(file)
                        .toString()
                        .replaceAll("[/\\\\]", ".")
                        .replaceAll("\\.java$", ""))
                .collect(Collectors.toSet());
        Set<String> seen = product.stream().map(JavaClass::getName).collect(Collectors.toSet());

        assertThat(seen).containsAll(written);
        assertThat(written.size()).isGreaterThan(150);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        List<Path> silent = packages().keySet().stream()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void packagesStaySmall() {
        Map<Path, Long> large = new TreeMap<>(packages());
        large.entrySet().removeIf(folder -> folder.getValue() <= most(folder.getKey()));

        assertThat(large).isEmpty();
    }

    @Test
    void filesStaySmall() {
        List<Path> large = Sources.files(MAIN).stream()
                .filter(file -> lines(file) > MOST_LINES_OF_A_FILE)
                .toList();

        assertThat(large).isEmpty();
    }

    @Test
    void methodsStaySmall() {
        List<Sources.Method> large = sources.methods().stream()
                .filter(method -> method.lines() > MOST_LINES_OF_A_METHOD)
                .toList();

        assertThat(sources.methods()).hasSizeGreaterThan(1000);
        assertThat(large).isEmpty();
    }

    @Test
    void onlyMainAndTheEngineCatchEverything() {
        Map<String, Long> places = sources.wideCatches().stream()
                .collect(Collectors.groupingBy(Sources.Catch::file, TreeMap::new, Collectors.counting()));
        places.remove("dev/runbook/cli/Main.java");
        places.entrySet().removeIf(place -> place.getKey().startsWith("dev/runbook/engine/") && place.getValue() == 1);

        assertThat(places).isEmpty();
        assertThat(sources.wideCatches().stream().filter(found -> found.file().contains("/engine/")))
                .hasSizeLessThan(2);
    }

    @Test
    void seesWideCatchesAndLongMethods() {
        Sources culprit = Sources.below(Path.of("src/test/java/dev/runbook/architecture/culprit"));

        assertThat(culprit.wideCatches()).containsExactly(new Sources.Catch("engine/EngineHelper.java", "Exception"));
        assertThat(culprit.methods()).contains(new Sources.Method("engine/EngineHelper.java run", 10));
    }

    /** The folders of packages, with the number of their types. */
    private static Map<Path, Long> packages() {
        return Sources.files(MAIN).stream()
                .collect(Collectors.groupingBy(
                        Path::getParent,
                        TreeMap::new,
                        Collectors.filtering(file -> !file.endsWith("package-info.java"), Collectors.counting())));
    }

    private static long most(Path folder) {
        String name = MAIN.resolve("dev/runbook").relativize(folder).toString().replace('\\', '/');
        return LARGER.getOrDefault(name, (long) MOST_TYPES_OF_A_PACKAGE);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
