/**
 * The cmdlets of the Lync and SkypeForBusiness modules that the runbooks use, over the model of the estate. Parameters and
 * properties are those of Microsoft's reference; the error ids that the cmdlets raise themselves are ours, for none are
 * documented.
 */
package dev.runbook.rehearsal.cmdlet;
