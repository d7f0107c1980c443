package dev.runbook.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * The rules of the packages below a base package. The base is handed in, so that every rule can be tried on code that breaks it.
 */
final class Rules {
    private static final Map<String, List<String>> OWNERS = Map.of(
            "org.yaml..", List.of("yaml"),
            "com.networknt..", List.of("language"),
            "com.github.mustachejava..", List.of("template"),
            "org.apache.commons.exec..", List.of("endpoint.powershell"),
            "picocli..", List.of("cli.."),
            "java.sql..", List.of("endpoint.sql", "rehearsal.."),
            "javax.sql..", List.of("endpoint.sql", "rehearsal.."),
            "com.microsoft..", List.of("endpoint.sql"),
            "org.h2..", List.of("rehearsal.."),
            "tools.jackson..",
                    List.of(
                            "agreement",
                            "lint",
                            "language",
                            "journal",
                            "report",
                            "endpoint.powershell",
                            "rehearsal.."));

    private static final Set<String> TIME_AND_CHANCE = Set.of(
            "java.lang.Thread.sleep",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Random.<init>",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now");

    private static final Set<String> STREAMS = Set.of(
            "java.lang.System.in",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.System.exit",
            "java.lang.System.getenv",
            "java.lang.Runtime.exit",
            "java.lang.Runtime.halt");

    /** The JVM starts it; a cmdlet throws it; people who simulate runs drive them step by step. */
    private static final Set<String> PUBLIC_FOR_A_REASON = Set.of(
            "cli.Main",
            "rehearsal.shell.Call$Stopped",
            "session.ChangedSteps",
            "session.ChangedValues",
            "session.LaterValues");

    private final String base;

    private Rules(String base) {
        this.base = base;
    }

    /** All rules for the packages below a base package, by what they say. */
    static Map<String, ArchRule> below(String base) {
        Rules rules = new Rules(base);
        Map<String, ArchRule> all = new LinkedHashMap<>();
        all.put(
                "packages have no cycles",
                slices().matching(base + ".(**)").should().beFreeOfCycles());
        all.put(
                "a parent does not know its children",
                rules.noClass(base + "..", dependency("a child", rules::isChild)));
        all.put(
                "endpoints are strangers to one another",
                rules.noClass(base + ".endpoint.*..", dependency("another endpoint", rules::isOtherEndpoint)));
        all.put("the engine knows no endpoint by kind", rules.strangers(base + ".engine..", base + ".endpoint.*.."));
        all.put("nobody knows the command line", rules.onlyKnownTo("cli", "cli.."));
        all.put("only the command line knows the rehearsal", rules.onlyKnownTo("rehearsal", "cli..", "rehearsal.."));
        all.put("the rehearsal knows contracts alone", rules.rehearsalKnowsContractsAlone());
        all.put("only Main knows the streams and the environment", rules.calls(STREAMS, base + ".cli.Main"));
        all.put("time and chance are handed in", rules.timeAndChance());
        all.put("what is data cannot change", rules.dataCannotChange());
        all.put("static fields never change", rules.staticFieldsNeverChange());
        all.put("nobody throws just anything", rules.nobodyThrowsAnything());
        all.put("what is public is used from another package", rules.frontDoors());
        new TreeMap<>(OWNERS)
                .forEach((library, owners) -> all.put(library + " has one owner", rules.owner(library, owners)));
        return all;
    }

    private ArchRule owner(String library, List<String> owners) {
        String[] packages = owners.stream().map(owner -> base + "." + owner).toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    private ArchRule strangers(String from, String to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to)
                .allowEmptyShould(true);
    }

    private ArchRule onlyKnownTo(String known, String... friends) {
        String[] packages =
                Stream.of(friends).map(friend -> base + "." + friend).toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(base + "." + known + "..")
                .allowEmptyShould(true);
    }

    private ArchRule rehearsalKnowsContractsAlone() {
        String[] contracts = Stream.of("base", "yaml", "tsql", "endpoint", "rehearsal..")
                .map(name -> base + "." + name)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(base + ".rehearsal..")
                .should()
                .dependOnClassesThat(resideInAPackage(base + "..").and(not(resideInAnyPackage(contracts))))
                .allowEmptyShould(true);
    }

    private ArchRule timeAndChance() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(base + ".cli..", base + ".endpoint.*..")
                .and()
                .doNotHaveFullyQualifiedName(base + ".session.RunSession$RealPause")
                .should()
                .accessTargetWhere(target(TIME_AND_CHANCE))
                .allowEmptyShould(true);
    }

    private ArchRule calls(Set<String> targets, String onlyIn) {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(onlyIn)
                .should()
                .accessTargetWhere(target(targets))
                .allowEmptyShould(true);
    }

    private ArchRule dataCannotChange() {
        DescribedPredicate<JavaClass> data = resideInAnyPackage(
                        base + ".language..", base + ".plan..", base + ".base..")
                .or(assignableTo(base + ".event.RunEvent"));
        return classes()
                .that(data)
                .should()
                .beRecords()
                .orShould()
                .beEnums()
                .orShould()
                .beInterfaces()
                .orShould(Conditions.HOLD_FAST)
                .allowEmptyShould(true);
    }

    private ArchRule staticFieldsNeverChange() {
        return fields().that()
                .areStatic()
                .and()
                .haveNameNotContaining("$")
                .should(Conditions.NEVER_CHANGE)
                .allowEmptyShould(true);
    }

    private ArchRule nobodyThrowsAnything() {
        return codeUnits()
                .should()
                .notDeclareThrowableOfType(Exception.class)
                .andShould()
                .notDeclareThrowableOfType(Throwable.class)
                .allowEmptyShould(true);
    }

    private ArchRule frontDoors() {
        return classes()
                .that(DescribedPredicate.describe(
                        "have no reason of their own",
                        type -> !PUBLIC_FOR_A_REASON.contains(type.getName().substring(base.length() + 1))))
                .should(Conditions.BE_A_FRONT_DOOR)
                .allowEmptyShould(true);
    }

    private ArchRule noClass(String inPackage, DescribedPredicate<Dependency> dependency) {
        return classes()
                .that()
                .resideInAPackage(inPackage)
                .should(Conditions.notHave(dependency))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<Dependency> dependency(String on, BiPredicate<String, String> test) {
        return DescribedPredicate.describe(
                on,
                dependency -> test.test(
                        dependency.getOriginClass().getPackageName(),
                        dependency.getTargetClass().getPackageName()));
    }

    private boolean isChild(String from, String to) {
        return to.startsWith(from + ".");
    }

    private boolean isOtherEndpoint(String from, String to) {
        String endpoints = base + ".endpoint.";
        return to.startsWith(endpoints) && !to.equals(from) && !to.startsWith(from + ".") && !from.startsWith(to + ".");
    }

    private static DescribedPredicate<JavaAccess<?>> target(Set<String> targets) {
        return DescribedPredicate.describe(
                "one of " + targets,
                access -> targets.contains(access.getTargetOwner().getName() + "." + access.getName())
                        && !Conditions.hasClock(access));
    }
}
