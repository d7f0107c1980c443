package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Severity;
import dev.runbook.base.Span;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.tsql.Token;
import java.util.List;

/** One thing that can be wrong with a runbook. Pure. */
public interface Rule {
    /** What people are told about it. */
    About about();

    /** Every place where the runbook breaks it. */
    List<Diagnostic> check(Runbook runbook);

    /** Its name in kebab-case, as printed behind a finding. */
    default String id() {
        return about().id();
    }

    /** A finding about a whole value. */
    default Diagnostic finding(Origin origin, String message) {
        return finding(about().severity(), origin, origin.span(), message);
    }

    /** A finding about one word of a text. */
    default Diagnostic finding(Text text, Token token, String message) {
        return finding(text, token, token, message);
    }

    /** A finding about the words of a text from one to another. */
    default Diagnostic finding(Text text, Token first, Token last, String message) {
        return finding(about().severity(), text.origin(), text.origin().span(first.start(), last.end()), message);
    }

    /** A finding about a tag. */
    default Diagnostic finding(TagUse use, String message) {
        Text text = use.text().text();
        return finding(
                about().severity(),
                text.origin(),
                text.origin().span(use.tag().start(), use.tag().end()),
                message);
    }

    /** A finding about some characters of a value, with a severity of its own. */
    default Diagnostic finding(Severity severity, Origin origin, Span span, String message) {
        return new Diagnostic(origin.source(), span, severity, id(), message);
    }
}
