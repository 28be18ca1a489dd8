/**
 * What a run came to, as the documents that other tools read and as an exit code. Start at
 * {@link io.cnishift.engine.report.Reports}.
 */
@NullMarked
package io.cnishift.engine.report;

import org.jspecify.annotations.NullMarked;
