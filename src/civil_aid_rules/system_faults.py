"""What the operating system says of a file, in both languages."""

from __future__ import annotations

import errno
from typing import Final

from civil_aid_rules.errors import Both

_IN_CHINESE: Final = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有访问权限",
    errno.EPERM: "不允许此操作",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "文件系统只读",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EFBIG: "文件过大",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
}


def said_by_the_system(error: OSError) -> Both:
    """Why a file cannot be opened, read or written. What has no Chinese words here is said by its number."""
    en = error.strerror or str(error)
    if error.errno is None:
        return Both(en, "系统未说明原因")
    return Both(en, _IN_CHINESE.get(error.errno, f"系统错误 {error.errno}"))
