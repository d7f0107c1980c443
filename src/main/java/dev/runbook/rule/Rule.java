package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Span;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.tsql.Token;
import java.util.List;

/** One thing that can be wrong with a runbook. Pure. */
public abstract class Rule {
    private final About about;

    /** A rule of which this is to be said. */
    Rule(About about) {
        this.about = about;
    }

    /** What people are told about it. */
    public final About about() {
        return about;
    }

    /** Every place where the runbook breaks it. */
    public abstract List<Diagnostic> check(Runbook runbook);

    /** Its name in kebab-case, as printed after a finding. */
    public final String id() {
        return about.id();
    }

    /** A finding about a whole value. */
    final Diagnostic finding(Origin origin, String message) {
        return finding(about.severity(), origin, origin.span(), message);
    }

    /** A finding about one word of a text. */
    final Diagnostic finding(Text text, Token token, String message) {
        return finding(text, token, token, message);
    }

    /** A finding about the words of a text from one to another. */
    final Diagnostic finding(Text text, Token first, Token last, String message) {
        return finding(about.severity(), text.origin(), text.origin().span(first.start(), last.end()), message);
    }

    /** A finding about a tag. */
    final Diagnostic finding(TagUse use, String message) {
        return finding(about.severity(), use, message);
    }

    /** A finding about a tag, with a severity of its own. */
    final Diagnostic finding(Diagnostic.Severity severity, TagUse use, String message) {
        Origin origin = use.text().text().origin();
        return finding(
                severity, origin, origin.span(use.tag().start(), use.tag().end()), message);
    }

    /** A finding about some characters of a value, with a severity of its own. */
    final Diagnostic finding(Diagnostic.Severity severity, Origin origin, Span span, String message) {
        return new Diagnostic(origin.source(), span, severity, id(), message);
    }
}
