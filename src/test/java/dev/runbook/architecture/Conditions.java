package dev.runbook.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What rules demand and ArchUnit does not offer. */
final class Conditions {
    /** Workers that stand beside the data: they may hold what they were given, and never change it. */
    static final ArchCondition<JavaClass> HOLD_FAST = condition(
            "have only final fields",
            type -> type.getFields().stream()
                    .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL)));

    /** Final, and of a type that cannot be changed in place; the elements of an array that nobody else sees are trusted. */
    static final ArchCondition<JavaField> NEVER_CHANGE = condition("stay as they are", field -> {
        JavaClass type = field.getRawType();
        boolean open = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
        boolean changeable = open
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || type.getPackageName().equals("java.util.concurrent.atomic");
        return field.getModifiers().contains(JavaModifier.FINAL) && !changeable;
    });

    /**
     * A public type is there for other packages: one of them uses it, or calls what takes or gives it. What stands in an interface is
     * public whether it wants to be or not.
     */
    static final ArchCondition<JavaClass> BE_A_FRONT_DOOR = condition(
            "is used from another package or is not public",
            type -> !isOpen(type) || isUsedFromOutside(type) || isCalledWith(type) || isWrittenOutside(type));

    private Conditions() {}

    private static boolean isOpen(JavaClass type) {
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC);
        return type.getEnclosingClass()
                .map(around -> open && !around.isInterface() && isOpen(around))
                .orElse(open);
    }

    private static boolean isUsedFromOutside(JavaClass type) {
        return Stream.concat(Stream.of(type), nested(type))
                .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                .anyMatch(use -> isOutside(use.getOriginClass(), type));
    }

    private static Stream<JavaClass> nested(JavaClass type) {
        return type.getPackage().getClasses().stream()
                .filter(other -> other.getName().startsWith(type.getName() + "$"));
    }

    /** As a lambda, or as a value that is handed on: the code of whoever does so does not name the type. */
    private static boolean isCalledWith(JavaClass type) {
        return involving(type)
                .flatMap(unit -> unit.getAccessesToSelf().stream())
                .anyMatch(call -> isOutside(call.getOriginOwner(), type));
    }

    /** In an interface that other packages implement, perhaps by a lambda. */
    private static boolean isWrittenOutside(JavaClass type) {
        return involving(type)
                .map(JavaCodeUnit::getOwner)
                .anyMatch(owner -> owner.isInterface() && (isUsedFromOutside(owner) || isCalledWith(owner)));
    }

    private static Stream<JavaCodeUnit> involving(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .flatMap(use -> use.getOriginClass().getCodeUnits().stream())
                .filter(unit -> unit.getAllInvolvedRawTypes().contains(type));
    }

    private static boolean isOutside(JavaClass user, JavaClass type) {
        return !user.getPackageName().equals(type.getPackageName());
    }

    /** No dependency of this kind. */
    static ArchCondition<JavaClass> notHave(DescribedPredicate<Dependency> dependency) {
        return new ArchCondition<>("not depend on " + dependency.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency)
                        .forEach(found -> events.add(SimpleConditionEvent.violated(type, found.getDescription())));
            }
        };
    }

    /** A clock that is handed in, or a seed: any argument makes a moment or a random number repeatable. */
    static boolean hasClock(JavaAccess<?> access) {
        boolean takesOne = access.getName().equals("now") || access.getName().equals("<init>");
        return takesOne
                && access.getTarget() instanceof CodeUnitCallTarget call
                && !call.getRawParameterTypes().isEmpty();
    }

    private static <
                    T extends
                            com.tngtech.archunit.core.domain.properties.HasName
                                    & com.tngtech.archunit.core.domain.properties.HasSourceCodeLocation>
            ArchCondition<T> condition(String says, Predicate<T> test) {
        return new ArchCondition<>(says) {
            @Override
            public void check(T item, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        item,
                        test.test(item),
                        item.getName() + " does not: " + says + " " + item.getSourceCodeLocation()));
            }
        };
    }
}
