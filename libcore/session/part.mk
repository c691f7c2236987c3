# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/session/libsession.a
libcore_session_libsession_a_SOURCES =
