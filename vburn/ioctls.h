// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two ioctl numbers of the kernel's SCSI layer that no header for user programs carries.
#pragma once

#ifndef SCSI_IOCTL_GET_IDLUN
#define SCSI_IOCTL_GET_IDLUN 0x5382
#endif
#ifndef SCSI_IOCTL_GET_BUS_NUMBER
#define SCSI_IOCTL_GET_BUS_NUMBER 0x5386
#endif
