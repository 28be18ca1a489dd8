/** Snapshots without names and addresses. Start at {@link io.cnishift.cli.redact.Redaction}. */
@NullMarked
package io.cnishift.cli.redact;

import org.jspecify.annotations.NullMarked;
