/** Plug-ins as third parties build them. */
@NullMarked
package io.cnishift.it.plugin;

import org.jspecify.annotations.NullMarked;
