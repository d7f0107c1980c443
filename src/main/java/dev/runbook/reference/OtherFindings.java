package dev.runbook.reference;

import dev.runbook.rule.About;
import dev.runbook.suppression.SuppressionRules;
import java.util.List;
import java.util.Optional;

/**
 * What is found while a file is read, before any rule can be held against it, and what is found about comments that switch rules
 * off. Their messages say where and what to do; there is nothing to discuss about them, so they have no examples.
 */
public final class OtherFindings {
    private OtherFindings() {}

    /** All of them, in the order in which they are documented: the file, its YAML, its keys and values, comments. */
    public static List<About> all() {
        return List.of(
                found(
                        "file",
                        "The file is not there, cannot be read, or is too large: over 1 MB, a line over 5,000 characters, a text over 50,000, or more than 20,000 keys and values."),
                found("encoding", "The file is not UTF-8."),
                found("control-character", "A character that nobody can see, or that controls a terminal."),
                found("yaml", "The file is not valid YAML at this place."),
                found("unquoted-tag", "A value that begins with a tag has no quotes; YAML reads a map in a map."),
                found("duplicate-key", "A key stands in one map twice."),
                found("empty-value", "A key or an item of a list has no value."),
                found("key", "A key is not a text."),
                found("alias", "Anchors and aliases are not part of the language."),
                found("merge-key", "Merge keys are not part of the language."),
                found("tag", "YAML's own tags are not part of the language."),
                found("directive", "YAML's directives are not part of the language."),
                found("several-documents", "A file holds one document."),
                found("nesting", "Lists and maps are nested deeper than 50 levels."),
                found("unknown-key", "The language has no such key at this place."),
                found("misplaced-key", "A key does not go with the others beside it."),
                found("missing-key", "A key is missing that has to be there."),
                found("one-thing", "Two things stand in one place that holds one."),
                found("idle-step", "A step does nothing, asserts nothing and waits for nothing."),
                found("wrong-value", "A value is not of the kind that its key takes."),
                found("error-number", "What stands for an error can be none, so it would never be met."),
                found("name", "A name is not written as such names are."),
                found("reserved-name", "A name means something else already."),
                found("tag-in-name", "A tag stands where a name is wanted, and names are never filled in."),
                found("cmdlet-reference", "A file of --cmdlets is not written as such files are."),
                About.warning(SuppressionRules.NOT_UNDERSTOOD, "A comment for runbook-lint cannot do what it says."),
                About.warning(SuppressionRules.WITHOUT_REASON, "A comment switches a rule off and does not say why."),
                About.warning(SuppressionRules.UNUSED, "A comment switches a rule off that nothing breaks."));
    }

    private static About found(String id, String summary) {
        return About.error(id, summary).always();
    }

    /** The one of that id. */
    public static Optional<About> of(String id) {
        return all().stream().filter(about -> about.id().equals(id)).findFirst();
    }
}
